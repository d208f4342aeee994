package org.espalier.examples.report.page;

import java.util.List;
import org.espalier.io.Json;

/**
 * One figure: what it shows in a sentence, the drawing, and the numbers as a table.
 *
 * @param id letters and hyphens, unique in the page
 * @param title above it
 * @param sentence what it shows
 * @param drawing the chart or the pictures
 * @param table the same numbers
 */
record Figure(String id, String title, String sentence, Drawing drawing, Table table) {
    /** What is drawn. */
    sealed interface Drawing {
        /**
         * A chart.
         *
         * @param height in pixels
         * @param option what Apache ECharts draws
         */
        record Chart(int height, Json.Obj option) implements Drawing {}

        /**
         * Pictures, one after the other.
         *
         * @param small whether they stand side by side
         * @param all the pictures
         */
        record Pictures(boolean small, List<Picture> all) implements Drawing {}
    }

    /**
     * A picture.
     *
     * @param caption above it
     * @param alt what it shows
     * @param png the file
     * @param width pixels of the file
     * @param height pixels of the file
     */
    record Picture(String caption, String alt, byte[] png, int width, int height) {}

    /**
     * The numbers.
     *
     * @param head the names of the columns
     * @param rows the cells, as text
     */
    record Table(List<String> head, List<List<String>> rows) {}

    static Figure chart(String id, String title, String sentence, int height, Json.Obj option, Table table) {
        return new Figure(id, title, sentence, new Drawing.Chart(height, option), table);
    }
}
