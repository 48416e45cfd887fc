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
package io.cameldatabricks.testinfra.server.thrift;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.databricks.jdbc.model.client.thrift.generated.TBinaryColumn;
import com.databricks.jdbc.model.client.thrift.generated.TBoolColumn;
import com.databricks.jdbc.model.client.thrift.generated.TByteColumn;
import com.databricks.jdbc.model.client.thrift.generated.TColumn;
import com.databricks.jdbc.model.client.thrift.generated.TDoubleColumn;
import com.databricks.jdbc.model.client.thrift.generated.TI16Column;
import com.databricks.jdbc.model.client.thrift.generated.TI32Column;
import com.databricks.jdbc.model.client.thrift.generated.TI64Column;
import com.databricks.jdbc.model.client.thrift.generated.TStringColumn;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;

/** The values of one column of a page, for clients that take no Arrow. */
final class ColumnValues {

    /** As the engines write timestamps: a T in the middle, a zone at the end, at least three digits of the fraction. */
    private static final Pattern TIMESTAMP =
            Pattern.compile("(.+)T(\\d\\d:\\d\\d:\\d\\d)(\\.\\d*?)?0*(Z|[+-]\\d\\d:\\d\\d)?");

    private final String type;
    private final List<String> cells = new ArrayList<>();
    private final BitSet nulls = new BitSet();

    ColumnValues(ResultColumn column) {
        this.type = column.typeName();
    }

    /** @param cell as in a JSON result, null for NULL */
    void add(String cell) {
        if (cell == null) {
            nulls.set(cells.size());
        }
        cells.add(cell);
    }

    TColumn column() {
        byte[] bits = nulls.toByteArray();
        return switch (type) {
            case "BOOLEAN" -> TColumn.boolVal(new TBoolColumn(values(Boolean::valueOf, false), ByteBuffer.wrap(bits)));
            case "BYTE" -> TColumn.byteVal(new TByteColumn(values(Byte::valueOf, (byte) 0), ByteBuffer.wrap(bits)));
            case "SHORT" -> TColumn.i16Val(new TI16Column(values(Short::valueOf, (short) 0), ByteBuffer.wrap(bits)));
            case "INT" -> TColumn.i32Val(new TI32Column(values(Integer::valueOf, 0), ByteBuffer.wrap(bits)));
            case "LONG" -> TColumn.i64Val(new TI64Column(values(Long::valueOf, 0L), ByteBuffer.wrap(bits)));
            case "FLOAT", "DOUBLE" ->
                TColumn.doubleVal(new TDoubleColumn(values(Double::valueOf, 0.0), ByteBuffer.wrap(bits)));
            case "BINARY" ->
                TColumn.binaryVal(new TBinaryColumn(
                        values(cell -> ByteBuffer.wrap(Base64.getDecoder().decode(cell)), ByteBuffer.allocate(0)),
                        ByteBuffer.wrap(bits)));
            case "TIMESTAMP" ->
                TColumn.stringVal(new TStringColumn(values(ColumnValues::timestamp, ""), ByteBuffer.wrap(bits)));
            default -> TColumn.stringVal(new TStringColumn(values(Function.identity(), ""), ByteBuffer.wrap(bits)));
        };
    }

    private <V> List<V> values(Function<String, V> parse, V whenNull) {
        List<V> values = new ArrayList<>(cells.size());
        for (String cell : cells) {
            values.add(cell == null ? whenNull : parse.apply(cell));
        }
        return values;
    }

    /** Hive's way: wall clock of the session, no zone, no zeros at the end. */
    static String timestamp(String cell) {
        Matcher parts = TIMESTAMP.matcher(cell);
        if (!parts.matches()) {
            return cell;
        }
        String fraction = parts.group(3) == null || parts.group(3).length() < 2 ? "" : parts.group(3);
        return parts.group(1) + ' ' + parts.group(2) + fraction;
    }
}
