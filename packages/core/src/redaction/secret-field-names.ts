const NAMES = new Set([
  // Headers
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'xapikey',
  'xauthtoken',
  'xvaulttoken',
  'xamzsecuritytoken',
  'xgoogapikey',
  'apikeyheader',
  // Fields
  'token',
  'tokens',
  'bearer',
  'jwt',
  'pwd',
  'pass',
  'secrets',
  'awsaccesskeyid',
  'xamzcredential',
  'xamzsignature',
  'xgoogsignature',
  'clientassertion',
  'codeverifier',
  'credentials',
  'connectionstring',
  'sessionid',
  'secretaccesskey',
]);

const ENDINGS =
  /(?:password|passwd|passphrase|secret|apikey|privatekey|secretkey|signingkey|encryptionkey|accesskey|accesstoken|refreshtoken|idtoken|authtoken|apitoken|bearertoken|sessiontoken|securitytoken)$/;

/** A field or header name as it is compared: lower case, without `-` and `_`, spaces or dots. */
function normalizeFieldName(name: string): string {
  return name.replaceAll(/[-_\s.]/g, '').toLowerCase();
}

/** Answers whether the value of a field of this name is masked wholly. Answers are remembered, within bounds. */
export function createSecretFieldTest(extraNames: Iterable<string>): (name: string) => boolean {
  const extra = new Set<string>();
  for (const name of extraNames) extra.add(normalizeFieldName(name));
  const known = new Map<string, boolean>();
  return (name) => {
    const remembered = known.get(name);
    if (remembered !== undefined) return remembered;
    const normalized = normalizeFieldName(name.length > 256 ? name.slice(-256) : name);
    const answer = NAMES.has(normalized) || extra.has(normalized) || ENDINGS.test(normalized);
    if (known.size < 1000 && name.length <= 64) known.set(name, answer);
    return answer;
  };
}
