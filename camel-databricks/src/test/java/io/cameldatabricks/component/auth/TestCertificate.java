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
package io.cameldatabricks.component.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key pair with a certificate, made by the JDK's keytool.
 *
 * @param keys the store with the private key, PKCS12, password "changeit"
 * @param trusted a store with what has to be trusted for it
 */
public record TestCertificate(Path keys, Path trusted) {

    private static final String PASSWORD = "changeit";

    private static final Map<String, TestCertificate> MADE = new ConcurrentHashMap<>();

    private interface Maker {
        TestCertificate make(Path folder) throws Exception;
    }

    /** Made once for the tests of this JVM, since keytool takes its time. */
    private static TestCertificate once(String name, Maker maker) {
        return MADE.computeIfAbsent(name, key -> {
            try {
                Path folder = Files.createTempDirectory("certificate");
                TestCertificate made = maker.make(folder);
                try (Stream<Path> files = Files.list(folder)) {
                    folder.toFile().deleteOnExit();
                    files.forEach(file -> file.toFile().deleteOnExit());
                }
                return made;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static TestCertificate authority() {
        return once("authority", folder -> signedByItself(folder, "authority", "bc:c=ca:true", "-1d", 30));
    }

    /** Good for localhost, signed by itself. */
    public static TestCertificate selfSigned() {
        return once("self", folder -> signedByItself(folder, "self", "san=dns:localhost,ip:127.0.0.1", "-1d", 30));
    }

    /** Good for these hosts, signed by itself. */
    public static TestCertificate ofHosts(String... hosts) {
        String names = "san=dns:" + String.join(",dns:", hosts);
        return once(names, folder -> signedByItself(folder, "hosts", names, "-1d", 30));
    }

    /** Its time was over yesterday; signed by an authority, since Java does not look at the time of what is trusted. */
    public static TestCertificate expired() {
        TestCertificate authority = authority();
        return once("expired", folder -> ofAnAuthority(folder, authority, "-10d", 9));
    }

    /** For another host. */
    public static TestCertificate ofAnotherHost() {
        return ofHosts("other.example.org");
    }

    /** Good for localhost, signed by an authority that nobody knows; {@code trusted} holds that authority. */
    public static TestCertificate ofAnAuthority() {
        TestCertificate authority = authority();
        return once("of an authority", folder -> ofAnAuthority(folder, authority, "-1d", 30));
    }

    private static TestCertificate ofAnAuthority(Path folder, TestCertificate authority, String start, int days)
            throws Exception {
        Path keys = folder.resolve("server.p12");
        keytool(keys, "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "30");
        Path request = folder.resolve("server.csr");
        Path signed = folder.resolve("server.pem");
        keytool(keys, "-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                authority.keys(),
                "-gencert",
                "-alias",
                "authority",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-rfc",
                "-startdate",
                start,
                "-validity",
                String.valueOf(days),
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        Path root = authority.keys().resolveSibling("authority.pem");
        keytool(keys, "-importcert", "-noprompt", "-alias", "authority", "-file", root.toString());
        keytool(keys, "-importcert", "-noprompt", "-alias", "server", "-file", signed.toString());
        return new TestCertificate(keys, authority.trusted());
    }

    private static TestCertificate signedByItself(Path folder, String alias, String extension, String start, int days)
            throws Exception {
        Path keys = folder.resolve(alias + ".p12");
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                extension,
                "-startdate",
                start,
                "-validity",
                String.valueOf(days));
        Path certificate = folder.resolve(alias + ".pem");
        keytool(keys, "-exportcert", "-rfc", "-alias", alias, "-file", certificate.toString());
        Path trusted = folder.resolve(alias + "-trusted.p12");
        keytool(trusted, "-importcert", "-noprompt", "-alias", alias, "-file", certificate.toString());
        return new TestCertificate(keys, trusted);
    }

    /** Each in a process of its own, with the flags of one that ends soon. */
    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
    }

    /** For a server that shows this certificate. */
    public SSLContext server() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** What makes the driver trust it; the authority has no list of revoked certificates. */
    public Map<String, String> driverProperties() {
        return Map.of(
                "AcceptUndeterminedRevocation",
                "1",
                "SSLTrustStore",
                trusted.toString(),
                "SSLTrustStoreType",
                "PKCS12",
                "SSLTrustStorePwd",
                PASSWORD);
    }
}
