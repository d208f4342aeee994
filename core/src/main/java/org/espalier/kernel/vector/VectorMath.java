package org.espalier.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.espalier.kernel.ScalarMath.A0;
import static org.espalier.kernel.ScalarMath.A1;
import static org.espalier.kernel.ScalarMath.A2;
import static org.espalier.kernel.ScalarMath.A3;
import static org.espalier.kernel.ScalarMath.A4;
import static org.espalier.kernel.ScalarMath.E0;
import static org.espalier.kernel.ScalarMath.E1;
import static org.espalier.kernel.ScalarMath.E2;
import static org.espalier.kernel.ScalarMath.E3;
import static org.espalier.kernel.ScalarMath.E4;
import static org.espalier.kernel.ScalarMath.E5;
import static org.espalier.kernel.ScalarMath.ERF_LARGE;
import static org.espalier.kernel.ScalarMath.EXP_MAX;
import static org.espalier.kernel.ScalarMath.EXP_MIN;
import static org.espalier.kernel.ScalarMath.GELU_MIN;
import static org.espalier.kernel.ScalarMath.L0;
import static org.espalier.kernel.ScalarMath.L1;
import static org.espalier.kernel.ScalarMath.L2;
import static org.espalier.kernel.ScalarMath.L3;
import static org.espalier.kernel.ScalarMath.L4;
import static org.espalier.kernel.ScalarMath.L5;
import static org.espalier.kernel.ScalarMath.L6;
import static org.espalier.kernel.ScalarMath.L7;
import static org.espalier.kernel.ScalarMath.LN2_HI;
import static org.espalier.kernel.ScalarMath.LN2_LO;
import static org.espalier.kernel.ScalarMath.LOG2_E;
import static org.espalier.kernel.ScalarMath.MAGIC;
import static org.espalier.kernel.ScalarMath.MAGIC_BITS;
import static org.espalier.kernel.ScalarMath.Q0;
import static org.espalier.kernel.ScalarMath.Q1;
import static org.espalier.kernel.ScalarMath.Q2;
import static org.espalier.kernel.ScalarMath.Q3;
import static org.espalier.kernel.ScalarMath.Q4;
import static org.espalier.kernel.ScalarMath.Q5;
import static org.espalier.kernel.ScalarMath.Q6;
import static org.espalier.kernel.ScalarMath.Q7;
import static org.espalier.kernel.ScalarMath.R0;
import static org.espalier.kernel.ScalarMath.R1;
import static org.espalier.kernel.ScalarMath.R2;
import static org.espalier.kernel.ScalarMath.R3;
import static org.espalier.kernel.ScalarMath.R4;
import static org.espalier.kernel.ScalarMath.R5;
import static org.espalier.kernel.ScalarMath.ROOT_HALF;
import static org.espalier.kernel.ScalarMath.SQRT_HALF_BITS;
import static org.espalier.kernel.ScalarMath.T0;
import static org.espalier.kernel.ScalarMath.T1;
import static org.espalier.kernel.ScalarMath.T2;
import static org.espalier.kernel.ScalarMath.T3;
import static org.espalier.kernel.ScalarMath.T4;
import static org.espalier.kernel.ScalarMath.TANH_LARGE;
import static org.espalier.kernel.ScalarMath.TANH_SMALL;
import static org.espalier.kernel.ScalarMath.TWO_OVER_ROOT_PI;
import static org.espalier.kernel.ScalarMath.TWO_POW_23;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.ScalarMath;

/**
 * The functions of {@link ScalarMath} on whole vectors: the same operations in the same order, hence the same bits.
 * Each loop is written out, exponential included, because a vector that crosses a call which the compiler declines to
 * inline is boxed; the last few elements go through the scalar functions. Where the argument of an exponential is
 * within ±87 by what came before, it is not clamped, and one factor scales instead of two: nothing is rounded either
 * way.
 */
final class VectorMath {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorMath() {}

    static void exp(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector clamped = v.blend(EXP_MAX, v.compare(GT, EXP_MAX));
            clamped = clamped.blend(EXP_MIN, clamped.compare(LT, EXP_MIN));
            FloatVector t = clamped.mul(LOG2_E).add(MAGIC);
            FloatVector integer = t.sub(MAGIC);
            FloatVector r = clamped.sub(integer.mul(LN2_HI)).sub(integer.mul(LN2_LO));
            FloatVector p = r.mul(E5).add(E4).mul(r).add(E3).mul(r).add(E2).mul(r).add(E1).mul(r).add(E0);
            p = p.mul(r.mul(r)).add(r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(MAGIC_BITS);
            IntVector half = exponent.lanewise(ASHR, 1);
            IntVector rest = exponent.sub(half);
            FloatVector e = p.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
                    .mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            e.intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.exp(x[xo + i]);
        }
    }

    static void log(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            VectorMask<Float> small = v.compare(LT, Float.MIN_NORMAL);
            IntVector bits = v.blend(v.mul(TWO_POW_23), small).reinterpretAsInts();
            IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
            FloatVector f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
            FloatVector e = exponent.add(MAGIC_BITS).reinterpretAsFloats().sub(MAGIC);
            e = e.blend(e.sub(23f), small);
            FloatVector z = f.mul(f);
            FloatVector p = f.mul(L7).add(L6).mul(f).add(L5).mul(f).add(L4).mul(f).add(L3).mul(f).add(L2).mul(f).add(L1)
                    .mul(f).add(L0);
            p = f.mul(z).mul(p).add(e.mul(LN2_LO));
            p = p.sub(z.mul(0.5f));
            FloatVector log = v.blend(f.add(p).add(e.mul(LN2_HI)), v.compare(LT, Float.POSITIVE_INFINITY));
            log = log.blend(Float.NaN, v.compare(LT, 0f));
            log.blend(Float.NEGATIVE_INFINITY, v.compare(EQ, 0f)).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.log(x[xo + i]);
        }
    }

    static void tanh(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector a = v.abs();
            FloatVector z = v.mul(v);
            FloatVector small = z.mul(T4).add(T3).mul(z).add(T2).mul(z).add(T1).mul(z).add(T0).mul(z).mul(v).add(v);
            FloatVector c = a.blend(TANH_LARGE, a.compare(GT, TANH_LARGE));
            c = c.add(c);
            FloatVector t = c.mul(LOG2_E).add(MAGIC);
            FloatVector integer = t.sub(MAGIC);
            FloatVector r = c.sub(integer.mul(LN2_HI)).sub(integer.mul(LN2_LO));
            FloatVector p = r.mul(E5).add(E4).mul(r).add(E3).mul(r).add(E2).mul(r).add(E1).mul(r).add(E0);
            p = p.mul(r.mul(r)).add(r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(MAGIC_BITS);
            FloatVector e = p.mul(exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            FloatVector size = FloatVector.broadcast(S, 2f).div(e.add(1f)).neg().add(1f);
            size = size.blend(small, a.compare(LT, TANH_SMALL));
            FloatVector tanh = size.reinterpretAsInts().and(Integer.MAX_VALUE)
                    .or(v.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
            tanh.intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.tanh(x[xo + i]);
        }
    }

    static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector a = v.abs().neg();
            FloatVector clamped = a.blend(EXP_MIN, a.compare(LT, EXP_MIN));
            FloatVector t = clamped.mul(LOG2_E).add(MAGIC);
            FloatVector integer = t.sub(MAGIC);
            FloatVector r = clamped.sub(integer.mul(LN2_HI)).sub(integer.mul(LN2_LO));
            FloatVector p = r.mul(E5).add(E4).mul(r).add(E3).mul(r).add(E2).mul(r).add(E1).mul(r).add(E0);
            p = p.mul(r.mul(r)).add(r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(MAGIC_BITS);
            IntVector half = exponent.lanewise(ASHR, 1);
            IntVector rest = exponent.sub(half);
            FloatVector e = p.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
                    .mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            FloatVector top = FloatVector.broadcast(S, 1f).blend(e, v.compare(LT, 0f));
            top.div(e.add(1f)).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.sigmoid(x[xo + i]);
        }
    }

    static void erf(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector a = v.abs();
            FloatVector z = v.mul(v);
            FloatVector small = z.mul(R5).add(R4).mul(z).add(R3).mul(z).add(R2).mul(z).add(R1).mul(z).add(R0).mul(z)
                    .mul(v).add(v.mul(TWO_OVER_ROOT_PI));
            FloatVector c = a.blend(ERF_LARGE, a.compare(GT, ERF_LARGE));
            FloatVector q = c.mul(Q7).add(Q6).mul(c).add(Q5).mul(c).add(Q4).mul(c).add(Q3).mul(c).add(Q2).mul(c).add(Q1)
                    .mul(c).add(Q0);
            FloatVector t = q.mul(LOG2_E).add(MAGIC);
            FloatVector integer = t.sub(MAGIC);
            FloatVector r = q.sub(integer.mul(LN2_HI)).sub(integer.mul(LN2_LO));
            FloatVector p = r.mul(E5).add(E4).mul(r).add(E3).mul(r).add(E2).mul(r).add(E1).mul(r).add(E0);
            p = p.mul(r.mul(r)).add(r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(MAGIC_BITS);
            FloatVector e = p.mul(exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            FloatVector size = e.neg().add(1f).blend(small, a.compare(LT, 1f));
            FloatVector erf = size.reinterpretAsInts().and(Integer.MAX_VALUE)
                    .or(v.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
            erf.intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.erf(x[xo + i]);
        }
    }

    static void gelu(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector u = v.blend(GELU_MIN, v.compare(LT, GELU_MIN));
            FloatVector w = u.mul(ROOT_HALF);
            FloatVector a = w.abs();
            FloatVector z = w.mul(w);
            FloatVector small = z.mul(R5).add(R4).mul(z).add(R3).mul(z).add(R2).mul(z).add(R1).mul(z).add(R0).mul(z)
                    .mul(w).add(w.mul(TWO_OVER_ROOT_PI));
            FloatVector c = a.blend(ERF_LARGE, a.compare(GT, ERF_LARGE));
            FloatVector q = c.mul(Q7).add(Q6).mul(c).add(Q5).mul(c).add(Q4).mul(c).add(Q3).mul(c).add(Q2).mul(c).add(Q1)
                    .mul(c).add(Q0);
            FloatVector t = q.mul(LOG2_E).add(MAGIC);
            FloatVector integer = t.sub(MAGIC);
            FloatVector r = q.sub(integer.mul(LN2_HI)).sub(integer.mul(LN2_LO));
            FloatVector p = r.mul(E5).add(E4).mul(r).add(E3).mul(r).add(E2).mul(r).add(E1).mul(r).add(E0);
            p = p.mul(r.mul(r)).add(r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(MAGIC_BITS);
            FloatVector e = p.mul(exponent.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            FloatVector size = e.neg().add(1f).blend(small, a.compare(LT, 1f));
            FloatVector erf = size.reinterpretAsInts().and(Integer.MAX_VALUE)
                    .or(w.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
            u.mul(0.5f).mul(erf.add(1f)).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.gelu(x[xo + i]);
        }
    }

    static void softplus(float[] x, int xo, float[] y, int yo, int n) {
        int whole = S.loopBound(n);
        for (int i = 0; i < whole; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xo + i);
            FloatVector a = v.abs().neg();
            FloatVector clamped = a.blend(EXP_MIN, a.compare(LT, EXP_MIN));
            FloatVector t = clamped.mul(LOG2_E).add(MAGIC);
            FloatVector integer = t.sub(MAGIC);
            FloatVector r = clamped.sub(integer.mul(LN2_HI)).sub(integer.mul(LN2_LO));
            FloatVector p = r.mul(E5).add(E4).mul(r).add(E3).mul(r).add(E2).mul(r).add(E1).mul(r).add(E0);
            p = p.mul(r.mul(r)).add(r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(MAGIC_BITS);
            IntVector half = exponent.lanewise(ASHR, 1);
            IntVector rest = exponent.sub(half);
            FloatVector e = p.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats())
                    .mul(rest.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
            FloatVector s = e.div(e.add(2f));
            FloatVector w = s.mul(s);
            FloatVector log1p = w.mul(A4).add(A3).mul(w).add(A2).mul(w).add(A1).mul(w).add(A0).mul(w).mul(s)
                    .add(s.add(s));
            v.blend(0f, v.compare(LT, 0f)).add(log1p).intoArray(y, yo + i);
        }
        for (int i = whole; i < n; i++) {
            y[yo + i] = ScalarMath.softplus(x[xo + i]);
        }
    }
}
