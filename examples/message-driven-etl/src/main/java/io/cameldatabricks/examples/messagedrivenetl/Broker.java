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

import java.nio.file.Path;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** A JMS broker in this JVM. Its journal is on disk: what it has taken survives that the JVM is killed. */
final class Broker implements AutoCloseable {

    private static final int JOURNAL_FILE = 1 << 20;

    private final EmbeddedActiveMQ server;
    // one message at a time, so that none waits at a consumer that is already gone
    private final CachingConnectionFactory connections =
            new CachingConnectionFactory(new ActiveMQConnectionFactory("vm://0?consumerWindowSize=0"));

    private Broker(EmbeddedActiveMQ server) {
        this.server = server;
    }

    /**
     * @param folder of the journal
     * @param port for other JVMs
     */
    static Broker start(Path folder, int port) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName("orders")
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                // a disk that others have filled is no reason to stop an example
                .setMaxDiskUsage(-1)
                .addAcceptorConfiguration("in-vm", "vm://0")
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + port)
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                // a batch is never given up: it waits until the warehouse takes it
                                .setMaxDeliveryAttempts(-1)
                                // with a queue its memory of duplicates would go
                                .setAutoDeleteQueues(false)
                                .setAutoDeleteAddresses(false));
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration);
        server.start();
        return new Broker(server);
    }

    /** To this broker, from this JVM. */
    ConnectionFactory connections() {
        return connections;
    }

    @Override
    public void close() {
        connections.destroy();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The broker was not stopped", e);
        }
    }
}
