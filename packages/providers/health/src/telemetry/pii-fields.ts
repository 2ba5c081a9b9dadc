/**
 * Fields that hold a person's data. A field counts as one of them however it is written (`birthDate`, `birth_date`,
 * `BIRTH-DATE`), and also where its name only ends with or contains one of the telling words below.
 */
export const HEALTH_PII_FIELDS = [
  // Who somebody is
  'name',
  'email',
  'phone',
  'dateOfBirth',
  'birthDate',
  'userId',
  'externalUserId',
  'externalId',
  'externalEntityId',
  'location',
  'address',
  'ip',
  // What somebody wrote, or an error quotes
  'notes',
  'description',
  'message',
  'errorMessage',
  'errors',
  'failures',
  'reason',
  'stack',
  'cause',
  // What was measured
  'height',
  'weight',
  'bodyFat',
  'restingHeartRate',
  'heartRateVariability',
  'sleepDetails',
  'value',
  'values',
  'samples',
  'points',
  'series',
  'components',
  'stages',
  'steps',
  'floors',
  'cadence',
  'awakenings',
  'efficiency',
  'age',
  'sex',
  'gender',
  'bmi',
  'hrv',
  'spo2',
  'route',
  'laps',
  'zones',
  'items',
  'nutrients',
  'meal',
  // Whole records and bodies
  'record',
  'records',
  'activities',
  'workouts',
  'sleep',
  'biometrics',
  'nutrition',
  'payload',
  'body',
  'rawBody',
  'parsedBody',
  'raw',
  'metadata',
  'headers',
] as const;

/** Words that give a field away wherever they stand in its name. */
const TELLING_PARTS =
  /email|e?mailaddress|phone|mobile|birth|dob$|^dob|firstname|lastname|fullname|surname|username|nickname|displayname|givenname|familyname|middlename|maidenname|patient|heartrate|hrv|bpm|pulse|glucose|insulin|ketone|lactate|cholesterol|hba1c|bloodpressure|systolic|diastolic|oxygen|spo2|vo2|respirat|breath|temperature|weight|height|bodyfat|bodymass|bmi|calor|kcal|kilojoule|energy|protein|carb|fiber|hydration|caffeine|alcohol|nutrient|sleepdetail|sleepscore|sleepseconds|deepsleep|lightsleep|remsleep|awakeseconds|asleep|readiness|recoveryscore|strain|stress|menstru|cycleday|ovulat|pregnan|medication|diagnos|symptom|latitude|longitude|geohash|geolocation|gps|coordinate|polyline|geojson|distance|durationseconds|activeseconds|elevation|speed|watts|socialsecurity|passport|iban/;

/** Endings that give a field away: `homeAddress`, `user_note`. */
const TELLING_ENDS = /(?:name|notes?|comment|address|lat|lng|lon|location|zip|postcode|postalcode|userid|externalid)$/;

/** Names that look telling and are not: they name contracts and settings, not people. */
const HARMLESS = new Set([
  'eventname',
  'metricname',
  'fieldname',
  'operationname',
  'providername',
  'integrationname',
  'methodname',
  'servicename',
  'hostname',
]);

const NAMES: ReadonlySet<string> = new Set(HEALTH_PII_FIELDS.map(normalize));

/** Whether a field holds a person's data. */
export function isHealthPiiField(name: string): boolean {
  const normalized = normalize(name);
  if (HARMLESS.has(normalized)) return false;
  return NAMES.has(normalized) || TELLING_PARTS.test(normalized) || TELLING_ENDS.test(normalized);
}

/** Letters and digits alone, in small letters: full-width letters, accents and invisible characters hide nothing. */
function normalize(name: string): string {
  return name
    .slice(0, 512)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}
