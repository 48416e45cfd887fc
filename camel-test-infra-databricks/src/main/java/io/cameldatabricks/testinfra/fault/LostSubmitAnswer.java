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
package io.cameldatabricks.testinfra.fault;

/** The connection breaks while a statement is being submitted, so that the client does not learn what became of it. */
public final class LostSubmitAnswer extends CallFault<LostSubmitAnswer> {

    private LostSubmitAnswer(CutPoint point) {
        super(CallKind.SUBMIT);
        set("cut", point.name());
    }

    /**
     * Cut before the request is read; the statement does not run. With {@link #onStatement} the request has to be read to
     * know whether it is the one.
     */
    public static LostSubmitAnswer beforeRequestIsRead() {
        return new LostSubmitAnswer(CutPoint.UNREAD);
    }

    /** Cut when the statement has been accepted; it runs, and nobody is told its id. */
    public static LostSubmitAnswer afterAcceptance() {
        return new LostSubmitAnswer(CutPoint.UNANSWERED);
    }

    /** Cut in the middle of the answer's body; the statement runs. */
    public static LostSubmitAnswer inTheAnswer() {
        return new LostSubmitAnswer(CutPoint.HALF_ANSWERED);
    }
}
