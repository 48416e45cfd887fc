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
package io.cameldatabricks.examples.messagedrivenetl;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a customer has ordered, and where that customer lives at the moment.
 *
 * @param id grows from order to order
 * @param cents the price
 */
record Order(long id, long customer, String name, String city, long cents) {

    private static final int CUSTOMERS = 40;
    private static final List<String> NAMES = List.of("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn", "Gus", "Hana");
    private static final List<String> CITIES = List.of("Athens", "Bergen", "Cairo", "Dublin", "Essen");

    /** Orders of a few customers, who move house now and then. The same ones each time. */
    static List<Order> first(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Order::number).toList();
    }

    private static Order number(int number) {
        int customer = number * 7 % CUSTOMERS;
        return new Order(
                number,
                customer,
                NAMES.get(customer % NAMES.size()) + " " + customer,
                CITIES.get((customer + number / 150) % CITIES.size()),
                500 + number * 7_919L % 20_000);
    }

    String json() {
        return String.format(
                "{\"order_id\":%d,\"customer_id\":%d,\"name\":\"%s\",\"city\":\"%s\",\"cents\":%d}",
                id, customer, name, city, cents);
    }
}
