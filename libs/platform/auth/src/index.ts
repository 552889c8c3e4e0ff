export { LOCAL_AUDIENCE, LOCAL_ISSUER, LOCAL_KEY_FILE, localKeyOf, signLocalToken } from './local-key';
export { IssuerUnavailable, type Principal, TokenRefused } from './principal';
export { TokenVerifier, type TokenVerifierOptions, type TrustedIssuer } from './token-verifier';
