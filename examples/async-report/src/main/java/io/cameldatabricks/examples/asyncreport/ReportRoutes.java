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
package io.cameldatabricks.examples.asyncreport;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

import io.cameldatabricks.component.error.DatabricksException;

import static io.cameldatabricks.component.DatabricksConstants.HANDLE;
import static io.cameldatabricks.component.DatabricksConstants.PARAMETERS;
import static io.cameldatabricks.component.DatabricksConstants.STATE;

/** One route submits reports and goes on at once; another one receives each when it is done. */
public final class ReportRoutes extends RouteBuilder {

    private final Path folder;
    private final PrintStream out;
    private final CountDownLatch open = new CountDownLatch(Report.ALL.size());

    /**
     * @param folder for the finished reports
     * @param out where is printed what happens
     */
    public ReportRoutes(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    @Override
    public void configure() {
        // a statement that failed or was cancelled arrives as an exception, like any other failure of a route
        onException(DatabricksException.class)
                .handled(true)
                .process(exchange -> say(
                        exchange,
                        "is not there: "
                                + exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                        .getMessage()))
                .process(exchange -> open.countDown());

        // no thread and no connection waits for what is submitted here
        from("timer:reports?repeatCount=1&delay=0")
                .split(constant(Report.ALL))
                .setHeader("report")
                .body(Report.class, Report::name)
                .setHeader(PARAMETERS)
                .body(Report.class, Report::parameters)
                .choice()
                .when(header("report").isEqualTo(Report.LEFT_BEHIND))
                .to("direct:leave-behind")
                .otherwise()
                .toD("databricks:reports?operation=SUBMIT&carryHeaders=report&query=classpath:sql/${header.report}.sql")
                .process(exchange -> say(exchange, "is submitted"))
                .end()
                .filter(header("report").isEqualTo(Report.ENDLESS))
                .to("databricks:reports?operation=CANCEL")
                .process(exchange -> say(exchange, "is " + exchange.getMessage().getHeader(STATE) + " on the server"));

        // one exchange for each that ended, whoever submitted it and however long ago
        from("databricks:reports?outputType=CSV")
                .to("file:" + folder + "?fileName=${header.report}.csv")
                .process(exchange ->
                        say(exchange, "is in " + exchange.getMessage().getHeader("report") + ".csv"))
                .process(exchange -> open.countDown());

        // nobody here receives what is submitted to this name: its handle goes into a file, for another program
        from("direct:leave-behind")
                .to("databricks:elsewhere?operation=SUBMIT&query=classpath:sql/left-behind.sql")
                .setBody(header(HANDLE))
                .convertBodyTo(String.class)
                .to("file:" + folder + "?fileName=left-behind.handle")
                .process(exchange -> say(exchange, "has its handle in left-behind.handle"))
                .process(exchange -> open.countDown());
    }

    /** Waits until every report has come to its end. */
    void await(Duration limit) throws InterruptedException {
        if (!open.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(open.getCount() + " reports have not come to their end");
        }
    }

    private void say(Exchange exchange, String what) {
        out.printf("%-12s %s%n", exchange.getMessage().getHeader("report"), what);
    }
}
