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

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.NoSuchElementException;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.ResultTruncatedException;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.RowSchema;
import io.cameldatabricks.component.result.Rows;

/**
 * Rows up to a number of bytes. Counted is what the values hold: a byte for each character of a text and each byte of a
 * BINARY, 8 for a number, date or time, 1 for a boolean or null. That is near to what travels and to what stays in memory,
 * without being either.
 */
final class LimitedRows implements Rows {

    private static final int FIXED = 8;

    private final Rows rows;
    private final long limit;
    private final boolean fails;
    private final ErrorDetails details;
    private long bytes;
    private Row ready;
    private boolean cut;

    /** @param fails whether to throw at the limit, rather than to end */
    LimitedRows(Rows rows, long limit, boolean fails, ErrorDetails details) {
        this.rows = rows;
        this.limit = limit;
        this.fails = fails;
        this.details = details;
    }

    /** Whether rows are missing. */
    boolean isCut() {
        return cut;
    }

    @Override
    public RowSchema schema() {
        return rows.schema();
    }

    @Override
    public boolean hasNext() {
        if (ready != null) {
            return true;
        }
        if (cut || !rows.hasNext()) {
            return false;
        }
        Row row = rows.next();
        bytes += size(row);
        if (bytes > limit) {
            cut = true;
            rows.close();
            if (fails) {
                throw new ResultTruncatedException(
                        "The result has more bytes than byteLimit=" + limit
                                + "; ask for less, allow more, or set failOnTruncated=false to take the rows up to there",
                        details,
                        null);
            }
            return false;
        }
        ready = row;
        return true;
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The result has no more rows");
        }
        Row row = ready;
        ready = null;
        return row;
    }

    @Override
    public void close() {
        rows.close();
    }

    private static long size(Row row) {
        long size = 0;
        for (int i = 0; i < row.size(); i++) {
            size += size(row.value(i));
        }
        return size;
    }

    private static long size(Object value) {
        if (value == null || value instanceof Boolean) {
            return 1;
        } else if (value instanceof CharSequence text) {
            return text.length();
        } else if (value instanceof byte[] binary) {
            return binary.length;
        } else if (value instanceof BigDecimal decimal) {
            return Math.max(FIXED, decimal.unscaledValue().bitLength() / FIXED);
        } else if (value instanceof Collection<?> list) {
            return list.stream().mapToLong(LimitedRows::size).sum();
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()))
                    .sum();
        }
        return FIXED;
    }
}
