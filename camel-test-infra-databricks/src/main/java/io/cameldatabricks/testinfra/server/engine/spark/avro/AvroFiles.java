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
package io.cameldatabricks.testinfra.server.engine.spark.avro;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** Reads Avro files record by record, each with the schema that it brings. */
public final class AvroFiles {

    private static final int MOST_TASKS = 16;

    private AvroFiles() {}

    /**
     * @param places local paths, at least one
     * @return the columns of all files, by name; a file that does not have one has NULL there
     * @throws LocalFailure when a column has two types, or one that SQL does not have
     * @throws UncheckedIOException when a file is no Avro file
     */
    public static Dataset<Row> read(SparkSession session, List<String> places) {
        StructType columns = new StructType();
        for (String place : places) {
            columns = merge(columns, AvroTypes.struct(schema(place)));
        }
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(places, Math.min(places.size(), MOST_TASKS))
                .flatMap(new Records(columns));
        return session.createDataFrame(rows, columns);
    }

    private static Schema schema(String place) {
        try (DataFileReader<GenericRecord> file = open(place)) {
            return file.getSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataFileReader<GenericRecord> open(String place) throws IOException {
        return new DataFileReader<>(new File(place), new GenericDatumReader<>());
    }

    private static StructType merge(StructType all, StructType more) {
        StructType merged = all;
        for (StructField field : more.fields()) {
            List<String> names = List.of(merged.fieldNames());
            if (!names.contains(field.name())) {
                merged = merged.add(field);
            } else if (!merged.apply(field.name()).dataType().sameType(field.dataType())) {
                throw LocalFailure.of(
                        "CANNOT_MERGE_SCHEMAS",
                        "42KD9",
                        "Failed merging schemas: column " + field.name() + " has two types in the files.");
            }
        }
        return merged;
    }

    /** The rows of files, one file open at a time. */
    private static final class Records implements FlatMapFunction<String, Row> {
        private static final long serialVersionUID = 1L;

        private final StructType columns;

        Records(StructType columns) {
            this.columns = columns;
        }

        @Override
        public Iterator<Row> call(String place) throws IOException {
            DataFileReader<GenericRecord> file = open(place);
            return new Iterator<>() {
                private boolean open = true;

                @Override
                public boolean hasNext() {
                    if (open && !file.hasNext()) {
                        close();
                    }
                    return open;
                }

                @Override
                public Row next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return AvroTypes.row(file.next(), columns);
                }

                private void close() {
                    open = false;
                    try {
                        file.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }
}
