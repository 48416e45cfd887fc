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

import java.util.List;

/**
 * A mistake that somebody could make in the component.
 *
 * @param name in words
 * @param patches that make it
 * @param scene in which it shows
 */
record PlantedBug(String name, List<Patch> patches, Scene scene) {

    /** What happens to the component. */
    enum Scene {
        /** One process after the other dies, and the warehouse shows faults; see {@link Storm}. */
        STORM,
        /** See {@link TwoNodes}. */
        TWO_NODES
    }

    PlantedBug {
        patches = List.copyOf(patches);
    }

    private static PlantedBug of(String name, String file, String text, String replacement) {
        return new PlantedBug(name, List.of(new Patch(file, text, replacement)), Scene.STORM);
    }

    private static PlantedBug ofTwo(String name, String file, String text, String replacement) {
        return new PlantedBug(name, List.of(new Patch(file, text, replacement)), Scene.TWO_NODES);
    }

    /** Shows in any run with faults, without a death. */
    static final PlantedBug RETRY_A_504 = new PlantedBug(
            "a submit is repeated after 504",
            List.of(
                    new Patch(
                            "retry/RetryPolicy.java", "REFUSED = Set.of(429, 503)", "REFUSED = Set.of(429, 503, 504)"),
                    // which refuses to be told so
                    new Patch(
                            "client/sea/SeaSettings.java", "Map.of(429, 0, 503, 0)", "Map.of(429, 0, 503, 0, 504, 0)")),
            Scene.STORM);

    /** As {@link #RETRY_A_504}. */
    static final PlantedBug FAILED_ROUTE_CONFIRMED = of(
            "a delivery is confirmed although its route failed",
            "DeliveryCompletion.java",
            "end(failure == told && told != null ? new FinalFailureException(told) : failure);",
            "end(failure == told && told != null ? new FinalFailureException(told) : null);");

    static final PlantedBug NO_FENCE = ofTwo(
            "the fence is dropped: any node may write any row",
            "repository/jdbc/HandleSql.java",
            "\" and owner_epoch = ? and exists\" + ALIVE;",
            "\" and (owner_epoch = ? or 0 = 0) and (0 = 0 or exists\" + ALIVE + \")\";");

    static final List<PlantedBug> ALL = List.of(
            RETRY_A_504,
            FAILED_ROUTE_CONFIRMED,
            NO_FENCE,
            ofTwo(
                    "the age of a claim is not looked at",
                    "deliver/HandleDispatcher.java",
                    "if (!ports.leases().holds(lease)) {",
                    "if (ports == null) {"),
            of(
                    "a delivery is confirmed before its route has run",
                    "RouteDelivery.java",
                    "consumer.getAsyncProcessor().process(exchange, doneSync -> {});\n        return completion.done();",
                    "new Thread(() -> consumer.getAsyncProcessor().process(exchange, doneSync -> {})).start();\n"
                            + "        return CompletableFuture.completedFuture(null);"),
            new PlantedBug(
                    "the intent is stored after the submit",
                    List.of(
                            new Patch(
                                    "track/HandleSubmitter.java",
                                    "            if (store(intent, answer)) {",
                                    "            if (intent != null) {"),
                            new Patch(
                                    "track/HandleSubmitter.java",
                                    "        boolean ours = true;\n        try {\n",
                                    "        boolean ours = true;\n        try {\n"
                                            + "            ledger.add(attempt.intent());\n")),
                    Scene.STORM),
            of(
                    "the key of the handle is not sent as a tag",
                    "track/HandleSubmitter.java",
                    "request.withTags(request.tags().with(QueryTags.HANDLE_KEY, key))",
                    "request"),
            of(
                    "the delivery count is not raised",
                    "statement/StatementHandle.java",
                    "new HandleDelivery(delivery.count() + 1, null, null, null)",
                    "new HandleDelivery(1, null, null, null)"),
            ofTwo(
                    "the rows of nodes that live are taken over",
                    "repository/jdbc/HandleSql.java",
                    "\" ended_at is not null and exists (",
                    "\" exists ("),
            of(
                    "claimed rows of a dead node are forgotten",
                    "repository/jdbc/RowTakeover.java",
                    "freeClaimed(connection, taken, ",
                    "freeClaimed(connection, List.of(), "),
            ofTwo(
                    "a status that cannot be read counts as the end of the statement",
                    "watch/StatusRound.java",
                    "            answers.failed(watched, problem);",
                    "            answers.read(watched, Optional.of(StatementStatus.of(watched.id(),"
                            + " io.cameldatabricks.component.statement.StatementState.FAILED, clock.instant())));"),
            of(
                    "the statement of another handle is adopted",
                    "client/sea/QueryHistory.java",
                    "String value = tag.path(\"value\").textValue();",
                    "String value = search.values().iterator().next();"),
            of(
                    "a submit without an answer is repeated although it may run only once",
                    "track/HandleSubmitter.java",
                    "case AT_MOST_ONCE -> new SubmitDoubts.Doubt(intent, failure, attempt.answer()).tell();",
                    "case AT_MOST_ONCE -> {\n                delayer.after(Duration.ofMillis(1), () -> send(attempt,"
                            + " number + 1));\n                return;\n            }"),
            of(
                    "an intent is given up without looking for its statement",
                    "watch/IntentReconciler.java",
                    "if (statement != null) {",
                    "if (statement != null && look.attempt() < 0) {"),
            of(
                    "what a crash left between intent and answer is not looked for",
                    "track/HandleTracker.java",
                    "                doubted(orphan, age);",
                    "                own.size();"));
}
