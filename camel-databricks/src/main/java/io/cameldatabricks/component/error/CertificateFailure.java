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
package io.cameldatabricks.component.error;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.util.Optional;
import java.util.Set;

/** What to do about a certificate of the server that is not accepted. Stateless. */
final class CertificateFailure {

    private static final Set<String> NOT_TRUSTED = Set.of(
            "SSLHandshakeException",
            "SSLPeerUnverifiedException",
            "CertificateException",
            "CertPathValidatorException");

    private CertificateFailure() {}

    /**
     * @param chain an exception and its causes
     * @return empty when none of them is about a certificate
     */
    static Optional<String> explain(Set<Throwable> chain) {
        if (chain.stream()
                .noneMatch(link -> NOT_TRUSTED.contains(link.getClass().getSimpleName()))) {
            return Optional.empty();
        }
        boolean revocation = chain.stream().anyMatch(CertificateFailure::isAboutRevocation);
        return Optional.of(
                revocation
                        ? "It cannot be found out whether the server's certificate was revoked; if its authority does not"
                                + " tell, allow that with driverProperties.AcceptUndeterminedRevocation=1"
                        : "The server's certificate is not trusted; give its authority with"
                                + " driverProperties.SSLTrustStore");
    }

    /** Java has a reason for this, but leaves it out when the certificate names nobody to ask. */
    private static boolean isAboutRevocation(Throwable link) {
        return link instanceof CertPathValidatorException invalid
                && (invalid.getReason() == BasicReason.UNDETERMINED_REVOCATION_STATUS
                        || String.valueOf(link.getMessage()).contains("OCSP")
                        || String.valueOf(link.getMessage()).contains("CRL"));
    }
}
