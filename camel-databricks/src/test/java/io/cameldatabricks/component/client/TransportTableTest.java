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
package io.cameldatabricks.component.client;

import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Every line of the table of what the transports force has a test, and this test knows which one. */
class TransportTableTest {

    private static final Path PAGE = Path.of("..", "docs", "async-transports.adoc");
    private static final String ROOMS = "io.cameldatabricks.component.";
    private static final String CONTRACT = "client.StatementClientContract#";

    /** The contract runs against all three transports; its differences() say what a line says of each. */
    private static final Map<String, String> TESTS = new TreeMap<>(Map.ofEntries(
            Map.entry("Query tags", CONTRACT + "shouldApplyTagsToOneStatementOnly"),
            Map.entry("Lost submit found again by its tag", CONTRACT + "shouldApplyTagsToOneStatementOnly"),
            Map.entry(
                    "Many states in one request (`bulkStatus`)",
                    CONTRACT + "shouldAskForManyStatementsAtOnceOrSayThatItCannot"),
            Map.entry("`serverWait`", CONTRACT + "shouldWaitOnTheServerOrAnswerAtOnce"),
            Map.entry("`byteLimit`", CONTRACT + "shouldCutAByteLimitedResultOrRefuseTheLimit"),
            Map.entry("`rowLimit`", CONTRACT + "shouldCutARowLimitedResultAndSaySo"),
            Map.entry(
                    "Catalog and schema of one statement", CONTRACT + "shouldRunInTheNamespaceThatIsAskedForOrRefuse"),
            Map.entry("Parameter markers", CONTRACT + "shouldBindParametersOfEveryTypeOnSpark"),
            Map.entry("A statement that cannot be parsed", CONTRACT + "shouldReportAStatementThatSparkRefuses"),
            Map.entry("HTTP 404 to a submit", CONTRACT + "shouldSayThatARefusedSubmitDidNotStart"),
            Map.entry("A statement whose result was released", CONTRACT + "shouldReleaseAResult"),
            Map.entry("A result that was not read in time", CONTRACT + "shouldReportAResultThatHasExpired"),
            Map.entry(
                    "`CamelDatabricksTruncated` after a limit has cut the rows",
                    "ConsumerOverJdbcTest#shouldDeliverWhatWasCutByTheLimitOfTheSubmit"),
            Map.entry(
                    "Number of rows before they are read",
                    CONTRACT + "shouldDescribeAResultWithoutRowsAndOneOfManyChunks"),
            Map.entry("Threads", "SubmitContract#shouldWaitForTheResultOfAStatementThatRuns")));

    @Test
    void shouldHaveATestForEachLine() throws Exception {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("|===", page.indexOf("== What the transports force"));
        List<String> lines = page.substring(begin + 4, page.indexOf("|===", begin + 4))
                .lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("| |"))
                .map(line -> line.substring(1, line.indexOf('|', 1)).strip())
                .sorted()
                .toList();

        assertThat(lines).containsExactlyElementsOf(TESTS.keySet());
        for (String test : TESTS.values()) {
            String[] parts = test.split("#");
            assertThat(Class.forName(ROOMS + parts[0]).getDeclaredMethods())
                    .as(test)
                    .anyMatch(method -> method.getName().equals(parts[1])
                            && Arrays.stream(method.getDeclaredAnnotations()).anyMatch(TransportTableTest::runs));
        }
    }

    private static boolean runs(Annotation annotation) {
        return annotation instanceof Test || annotation instanceof ParameterizedTest;
    }
}
