package org.espalier.prune.notation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How the values of a record or an enum are written. The text is literal except for
 *
 * <ul>
 *   <li>{@code {steps}}: the component of this name. A component of type boolean is written as its own name. In an
 *       enum, {@code {}} is the constant;
 *   <li>{@code [ block {block}]}: a part that is left out if its components have their {@link Default};
 *   <li>{@code {*}}, at the end after a comma: all components as {@code name value, name value}. When read, their order
 *       is free, and those left out have their {@link Default}.
 * </ul>
 *
 * <p>For example {@code @Notation("cubic {steps}")}, {@code @Notation("blocks {rows}x{columns}[ tail {tail}]")} or
 * {@code @Notation("rigl, {*}")}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Notation {
    /** The text. */
    String value();
}
