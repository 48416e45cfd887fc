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
package io.cameldatabricks.component;

import java.util.function.Supplier;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.track.HandleTracker;
import io.cameldatabricks.component.track.Submission;

/** SUBMIT: hands the statement to the server and goes on with its handle; the result is delivered to the consumer. */
final class SubmitOperation implements Operation {

    private final ExchangeReader reader;
    private final AsyncSettings settings;
    private final AsyncThreads threads;
    private final Supplier<HandleTracker> trackers;

    /**
     * @param trackers gives the tracker, which is made when it is first needed
     */
    SubmitOperation(
            ExchangeReader reader, AsyncSettings settings, AsyncThreads threads, Supplier<HandleTracker> trackers) {
        this.reader = reader;
        this.settings = settings;
        this.threads = threads;
        this.trackers = trackers;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Submission submission = reader.submission(exchange, settings);
        return StageTask.await(
                trackers.get().submit(submission),
                exchange,
                callback,
                threads,
                submitted -> ExchangeWriter.writeSubmitted(exchange, submitted));
    }
}
