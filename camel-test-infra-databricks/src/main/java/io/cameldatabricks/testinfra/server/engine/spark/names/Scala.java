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
package io.cameldatabricks.testinfra.server.engine.spark.names;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** The crossings between Java's and Scala's collections that Spark's own classes need. */
public final class Scala {

    private Scala() {}

    public static <T> Seq<T> seq(List<? extends T> list) {
        return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toList();
    }

    public static Seq<String> names(String... parts) {
        return seq(List.of(parts));
    }

    public static <T> List<T> list(scala.collection.Seq<T> seq) {
        return List.copyOf(CollectionConverters.asJava(seq));
    }

    public static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> map) {
        return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
    }

    public static <K, V> Map<K, V> map(scala.collection.Map<K, V> map) {
        return Map.copyOf(CollectionConverters.asJava(map));
    }

    public static <T> Option<T> option(T valueOrNull) {
        return Option.apply(valueOrNull);
    }

    public static <T> Optional<T> optional(Option<T> option) {
        return OptionConverters.toJava(option);
    }

    public static <T> T orNull(Option<T> option) {
        return option.isEmpty() ? null : option.get();
    }
}
