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
package io.cameldatabricks.benchmarks.crash;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

import io.cameldatabricks.component.DatabricksConstants;

/** One route submits, the other receives; what they see goes into the record. */
final class WorkerRoutes extends RouteBuilder {

    static final String NAME = "jobs";
    static final String SUBMIT = "direct:submit";

    /** What is told of a result that came as an exchange with an exception. */
    static final String FAILURE = "failure";

    private final WorkerOptions options;
    private final RecordFile record;

    WorkerRoutes(WorkerOptions options, RecordFile record) {
        this.options = options;
        this.record = record;
    }

    @Override
    public void configure() {
        String common = "databricks:" + NAME + "?" + options.endpoint() + "&handleRepository=#handles&lease="
                + options.leaseSeconds() + "s&settleTime=" + options.settleSeconds() + "s&minPollInterval=50ms";
        // failures are in the record, and need not be in the log
        errorHandler(defaultErrorHandler().logExhausted(false));

        from(SUBMIT)
                .to(common + "&operation=SUBMIT&allowDynamicQuery=true&carryHeaders=" + RecordingRepository.JOB
                        + "&submitGuarantee=" + options.guarantee());

        from(common + "&maxInFlight=6&maxDeliveries=1000&redeliveryDelay=100ms")
                .onException(Exception.class)
                .onWhen(exchange -> exchange.getProperty(FAILURE) == null)
                .handled(true)
                .process(exchange -> {
                    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
                    emitted(exchange, failure.getClass().getSimpleName());
                    done(exchange);
                })
                .end()
                .process(exchange -> {
                    emitted(exchange, exchange.getMessage().getHeader(DatabricksConstants.STATE, String.class));
                    failFirst(exchange);
                    done(exchange);
                });
    }

    private void emitted(Exchange exchange, String outcome) {
        Object id = exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID);
        record.write(
                Happening.EMITTED,
                job(exchange),
                id == null ? RecordLine.NONE : id,
                exchange.getMessage().getHeader(DatabricksConstants.DELIVERY_COUNT),
                outcome);
    }

    private void failFirst(Exchange exchange) {
        int count = exchange.getMessage().getHeader(DatabricksConstants.DELIVERY_COUNT, Integer.class);
        if (count == 1 && new Job(job(exchange), 0).failsFirst()) {
            record.write(Happening.ROUTE_FAILED, job(exchange));
            exchange.setProperty(FAILURE, true);
            throw new IllegalStateException("The route fails the first time, as it was told to");
        }
    }

    private void done(Exchange exchange) {
        record.write(Happening.DONE, job(exchange));
    }

    private static String job(Exchange exchange) {
        return exchange.getMessage().getHeader(RecordingRepository.JOB, RecordLine.NONE, String.class);
    }
}
