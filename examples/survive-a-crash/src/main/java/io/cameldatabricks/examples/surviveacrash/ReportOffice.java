/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.examples.surviveacrash;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

import static io.cameldatabricks.component.DatabricksConstants.DELIVERY_COUNT;
import static io.cameldatabricks.component.DatabricksConstants.PARAMETERS;
import static io.cameldatabricks.component.DatabricksConstants.QUERY_TAGS;

/**
 * The program that is killed: one route submits reports, another writes each to a file when it is done. Environment
 * variables say where the warehouse is.
 */
public final class ReportOffice extends RouteBuilder {

    static final int REPORTS = 10;

    /** The tag by which a report is found in the query history. */
    static final String REPORT = "report";

    private static final long SMALLEST = 300_000;

    private final Path folder;
    private final boolean submits;

    /** @param submits false for one that only receives what is under way */
    ReportOffice(Path folder, boolean submits) {
        this.folder = folder;
        this.submits = submits;
    }

    /** @param args the folder of the reports, and {@code submit} or {@code receive} */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new ReportOffice(Path.of(args[0]), args[1].equals("submit")));
        main.run();
    }

    static List<String> reports() {
        return IntStream.rangeClosed(1, REPORTS)
                .mapToObj(number -> String.format("r%02d", number))
                .toList();
    }

    @Override
    public void configure() {
        String reports = "databricks:reports?durable=true&dataDir=" + folder.resolve("handles");

        from("timer:reports?repeatCount=1&delay=0")
                .autoStartup(submits)
                .split(constant(reports()))
                .setHeader(REPORT, body())
                .setHeader(PARAMETERS)
                .body(String.class, ReportOffice::parameters)
                .setHeader(QUERY_TAGS, simple(REPORT + "=${body}"))
                .to(reports + "&operation=SUBMIT&carryHeaders=report&query=classpath:sql/report.sql")
                .process(exchange -> say(exchange.getMessage().getHeader(REPORT) + " is submitted"));

        // the same file when it is delivered again: a route behind at-least-once has to bear that
        from(reports + "&outputType=CSV&maxInFlight=2")
                .to("file:" + folder + "?fileName=${header.report}.csv")
                .process(exchange -> say(exchange.getMessage().getHeader(REPORT) + " has arrived, delivery "
                        + exchange.getMessage().getHeader(DELIVERY_COUNT)));
    }

    /** @return larger ones for later reports, so that they end one after the other */
    private static Map<String, Object> parameters(String report) {
        int number = Integer.parseInt(report.substring(1));
        return Map.of(REPORT, report, "orders", SMALLEST * number);
    }

    private static void say(String what) {
        System.out.println(what);
    }
}
