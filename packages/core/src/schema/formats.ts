const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i;
const EMAIL =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
const HOST_NAME = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^[\da-f:.]+$/i;
const URI = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]*$/i;
const DURATION = /^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;
const JSON_POINTER = /^(?:\/(?:[^~/]|~0|~1)*)*$/;

/** Formats that are checked. Any other is a remark, as JSON Schema has it. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDay,
  time: (text) => TIME.test(text),
  'date-time': isInstant,
  duration: (text) => DURATION.test(text),
  email: (text) => EMAIL.test(text),
  hostname: (text) => HOST_NAME.test(text),
  ipv4: (text) => IPV4.test(text),
  ipv6: (text) => IPV6.test(text) && URL.canParse(`http://[${text}]`),
  uri: (text) => URI.test(text) && (text.includes('://') ? URL.canParse(text) : true),
  url: (text) => URI.test(text) && URL.canParse(text),
  uuid: (text) => UUID.test(text),
  regex: isPattern,
  'json-pointer': (text) => JSON_POINTER.test(text),
};

function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = DAY.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // A day that its month does not have moves into the next month.
  return date.getUTCDate() === Number(day) && date.getUTCMonth() + 1 === Number(month);
}

function isInstant(text: string): boolean {
  const [day = '', time = ''] = text.split(/t/i);
  return text.length > 10 && isDay(day) && TIME.test(time);
}

/** Whether a text is a regular expression. */
export function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
