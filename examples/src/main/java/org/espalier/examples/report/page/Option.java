package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.Json;

/** Options of Apache ECharts as JSON. Texts that begin with $ are colors of the theme, with @ ways to write numbers. */
final class Option {
    private Option() {}

    /** An object of names and values in turn; a number that is not finite is null, which draws nothing. */
    static Json.Obj of(Object... namesAndValues) {
        Json.Obj json = Json.object();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json = json.with((String) namesAndValues[i], json(namesAndValues[i + 1]));
        }
        return json;
    }

    /** An array. */
    static Json.Arr array(Object... values) {
        return array(List.of(values));
    }

    /** An array. */
    static Json.Arr array(List<?> values) {
        var items = new ArrayList<Json>();
        values.forEach(value -> items.add(json(value)));
        return Json.array(items);
    }

    private static Json json(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> new Json.Str(text);
            case Boolean is -> new Json.Bool(is);
            case Integer number -> new Json.Int(number);
            case Long number -> new Json.Int(number);
            case Double number -> Double.isFinite(number) ? new Json.Real(number) : new Json.Null();
            case List<?> list -> array(list);
            default -> throw new IllegalArgumentException("no option: " + value.getClass());
        };
    }

    /** A chart on two axes with a legend above. */
    static Json.Obj cartesian(Json xAxis, Json yAxis, List<? extends Json> series) {
        boolean named = xAxis instanceof Json.Obj axis
                && axis.members().get("name") instanceof Json.Str(String name) && !name.isEmpty();
        return of(
                "grid", of("left", 8, "right", 24, "top", 56, "bottom", named ? 32 : 8, "containLabel", true),
                "legend", of("top", 0, "type", "scroll"),
                "xAxis", xAxis,
                "yAxis", yAxis,
                "series", array(series));
    }

    /** An axis of numbers. */
    static Json.Obj values(String name, String format) {
        return axis("value", name).with("axisLabel", of("formatter", format, "hideOverlap", true));
    }

    /** A logarithmic axis. */
    static Json.Obj logarithmic(String name, String format) {
        return axis("log", name).with("axisLabel", of("formatter", format, "hideOverlap", true));
    }

    /** An axis of names. */
    static Json.Obj names(String name, List<String> names) {
        return axis("category", name)
                .with("data", array(names))
                .with("axisLabel", of("interval", 0, "hideOverlap", false, "lineHeight", 15,
                        "width", 90, "overflow", "break"));
    }

    private static Json.Obj axis(String type, String name) {
        return of("type", type, "name", name, "nameLocation", "middle", "nameGap", 30);
    }

    /** The axis' name at its upper end, as it should be on a vertical one. */
    static Json.Obj upright(Json.Obj axis) {
        return axis.with("nameLocation", "end").with("nameGap", 14)
                .with("nameTextStyle", of("align", "left", "padding", array(0, 0, 0, -30)));
    }

    /** A series with a format for the numbers that are shown when it is pointed at. */
    static Json.Obj series(String type, String name, String color, String format, List<?> data) {
        return of(
                "type", type,
                "name", name,
                "itemStyle", of("color", color),
                "lineStyle", of("color", color, "width", 2),
                "tooltip", of("valueFormatter", format),
                "data", data);
    }
}
