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
package io.cameldatabricks.component;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/**
 * Everything that is logged, with stack traces: by us and by the pool at any level; by Camel, which prints URIs as they
 * are at DEBUG, and by the SDK and its HTTP client, which print what they send and receive at DEBUG, from INFO on; and what the driver sends to java.util.logging.
 */
public final class LogCapture implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Level before = context.getConfiguration().getRootLogger().getLevel();
    private final AbstractAppender appender = new AbstractAppender("capture", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            keep(event.getMessage().getFormattedMessage(), event.getThrown());
        }
    };
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            keep(record.getMessage() + " " + java.util.Arrays.toString(record.getParameters()), record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public LogCapture() {
        appender.start();
        context.getConfiguration().getRootLogger().addAppender(appender, Level.ALL, null);
        Configurator.setRootLevel(Level.ALL);
        Configurator.setLevel("io.cameldatabricks", Level.ALL);
        Configurator.setLevel("org.apache.camel", Level.INFO);
        Configurator.setLevel("com.databricks.sdk", Level.INFO);
        Configurator.setLevel("org.apache.http", Level.INFO);
        Logger.getLogger("").addHandler(handler);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    private void keep(String message, Throwable thrown) {
        StringWriter text = new StringWriter();
        text.append(message);
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text));
        }
        lines.add(text.toString());
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(handler);
        context.getConfiguration().getRootLogger().removeAppender("capture");
        Configurator.setRootLevel(before);
        Configurator.setLevel("io.cameldatabricks", Level.DEBUG);
    }
}
