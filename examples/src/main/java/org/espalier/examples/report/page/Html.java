package org.espalier.examples.report.page;

import java.util.Base64;
import java.util.List;
import org.espalier.io.Json;

/** Parts of a page. Every text goes through {@link #text}: what comes from data is never taken for HTML. */
final class Html {
    private Html() {}

    /** A text, for the inside of an element or of an attribute in quotation marks. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** JSON for the inside of a script element, which nothing in it can end. */
    static String json(Json json) {
        return json.compact()
                .replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** A program for the inside of a script element. */
    static String script(String program) {
        return program.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    }

    /** A figure with its sentence and, folded, its table. */
    static String figure(Figure figure) {
        return "<figure id=\"" + figure.id() + "\">\n<h3>" + text(figure.title()) + "</h3>\n"
                + "<figcaption id=\"" + figure.id() + "-says\">" + text(figure.sentence()) + "</figcaption>\n"
                + drawing(figure)
                + "<details><summary>The numbers<span class=\"hidden\"> of: " + text(figure.title())
                + "</span></summary>\n" + table(figure.title(), figure.table()) + "</details>\n</figure>\n";
    }

    private static String drawing(Figure figure) {
        return switch (figure.drawing()) {
            case Figure.Drawing.Chart chart -> "<div class=\"chart\" role=\"img\" tabindex=\"0\" data-chart=\""
                    + figure.id() + "\" style=\"height:" + chart.height() + "px\" aria-label=\"Chart: "
                    + text(figure.title()) + ". " + text(figure.sentence())
                    + " Arrow keys walk over its points; the table below has the numbers.\"></div>\n";
            case Figure.Drawing.Pictures pictures -> {
                var html = new StringBuilder("<div class=\"pictures" + (pictures.small() ? " small" : "") + "\">\n");
                pictures.all().forEach(picture -> html.append(picture(picture)));
                yield html.append("</div>\n").toString();
            }
        };
    }

    private static String picture(Figure.Picture picture) {
        return "<div class=\"picture\"><p>" + text(picture.caption()) + "</p><img alt=\"" + text(picture.alt())
                + "\" width=\"" + picture.width() + "\" height=\"" + picture.height()
                + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(picture.png()) + "\"></div>\n";
    }

    /** A table that can be scrolled sideways. */
    static String table(String name, Figure.Table table) {
        var html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table: "
                + text(name) + "\"><table>\n<thead><tr>");
        table.head().forEach(cell -> html.append("<th scope=\"col\">").append(text(cell)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (var row : table.rows()) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(i == 0 ? "<th scope=\"row\">" : "<td>").append(text(row.get(i)))
                        .append(i == 0 ? "</th>" : "</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    /** Names and values. */
    static String list(List<List<String>> entries) {
        var html = new StringBuilder("<dl>\n");
        entries.forEach(entry -> html.append("<div><dt>").append(text(entry.getFirst())).append("</dt><dd>")
                .append(text(entry.getLast())).append("</dd></div>\n"));
        return html.append("</dl>\n").toString();
    }
}
