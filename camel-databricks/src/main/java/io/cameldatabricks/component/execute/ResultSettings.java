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
package io.cameldatabricks.component.execute;

import java.util.Objects;

/**
 * How a result is read and handed over. Immutable.
 *
 * @param outputType the form of the rows
 * @param outputClass a bean or record for each row, or null for rows as they are
 * @param rowGroupSize how many rows to hand out at a time, as lists; 0 for single rows. Only for STREAM_LIST
 * @param outputHeader where the rows go, or null for the body
 * @param noop whether the rows are not wanted at all
 * @param failOnTruncated whether a result that lacks rows is an error
 * @param byteLimit a result is cut after as many bytes of values; 0 for never
 */
public record ResultSettings(
        OutputType outputType,
        Class<?> outputClass,
        int rowGroupSize,
        String outputHeader,
        boolean noop,
        boolean failOnTruncated,
        long byteLimit) {

    public ResultSettings {
        Objects.requireNonNull(outputType);
        if (outputType == OutputType.LIST && outputClass == null) {
            throw new IllegalArgumentException("outputType=LIST needs outputClass");
        }
        if (outputClass != null && outputType.isText()) {
            throw new IllegalArgumentException("outputClass does not go with outputType=" + outputType);
        }
        if (rowGroupSize < 0) {
            throw new IllegalArgumentException("rowGroupSize must be 0 (single rows) or more");
        }
        if (rowGroupSize > 0 && outputType != OutputType.STREAM_LIST) {
            throw new IllegalArgumentException("rowGroupSize needs outputType=STREAM_LIST");
        }
        if (noop && outputHeader != null) {
            throw new IllegalArgumentException("noop and outputHeader contradict each other");
        }
        if (byteLimit < 0) {
            throw new IllegalArgumentException("byteLimit must be 0 (no limit) or more");
        }
    }

    /** No rows; what a statement has written is counted all the same. */
    public static ResultSettings none() {
        return new ResultSettings(OutputType.SELECT_LIST, null, 0, null, true, false, 0);
    }

    /** The same with another form of the rows. */
    public ResultSettings withOutputType(OutputType type) {
        return new ResultSettings(type, outputClass, rowGroupSize, outputHeader, noop, failOnTruncated, byteLimit);
    }

    /** All defaults but the form of the rows. */
    public static ResultSettings of(OutputType outputType) {
        return new ResultSettings(outputType, null, 0, null, false, true, 0);
    }
}
