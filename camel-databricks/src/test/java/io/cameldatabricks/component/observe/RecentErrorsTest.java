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
package io.cameldatabricks.component.observe;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.event.OperationEnd;
import io.cameldatabricks.component.event.WorkspaceCall;
import io.cameldatabricks.component.repository.SampleHandles;

import static org.assertj.core.api.Assertions.assertThat;

class RecentErrorsTest {

    private final RecentErrors errors = new RecentErrors(() -> SampleHandles.AT);

    private void fail(Throwable failure) {
        errors.operationEnded(new OperationEnd("reports", "EXECUTE", Duration.ofSeconds(1), failure));
    }

    @Test
    void shouldShowOfForeignExceptionsNothingButTheirClass() {
        fail(new IllegalStateException("a route's own words, with a password"));
        errors.deliveryFailed(
                SampleHandles.intent("k1"),
                new CompletionException(new IllegalArgumentException("secret")),
                Duration.ZERO);

        assertThat(errors.list()).hasSize(2).allSatisfy(error -> assertThat(error.message())
                .isNull());
        assertThat(errors.list().get(0).error()).isEqualTo("IllegalArgumentException");
        assertThat(errors.list().toString()).doesNotContain("password", "secret");
    }

    @Test
    void shouldShowWhatOursSay() {
        fail(new PermanentDatabricksException(
                "The table is not there",
                new ErrorDetails("01ef", "FAILED", "42P01", "TABLE_OR_VIEW_NOT_FOUND", null),
                null));

        assertThat(errors.list())
                .isEqualTo(List.of(new RecentError(
                        SampleHandles.AT,
                        "reports",
                        "EXECUTE",
                        "PermanentDatabricksException",
                        "The table is not there",
                        "01ef",
                        "42P01",
                        "TABLE_OR_VIEW_NOT_FOUND")));
    }

    @Test
    void shouldKeepTheYoungestOnly() {
        fail(null);
        IntStream.range(0, 100)
                .forEach(number -> errors.called(new WorkspaceCall(
                        "w" + number, WorkspaceCall.Kind.STATUS, 1, Duration.ZERO, new IllegalStateException())));

        assertThat(errors.list()).hasSize(RecentErrors.KEPT);
        assertThat(errors.list().get(0).where()).isEqualTo("w99");
        assertThat(errors.list().get(19).where()).isEqualTo("w80");
    }
}
