/** Two letters or a partition's own prefix, a compass direction, a number: every region that AWS has had so far. */
const KNOWN_SHAPE =
  /^(?:[a-z]{2}|eusc-[a-z]{2}|us-gov|(?:us|eu)-iso[a-z]?)-(?:central|north|south|(?:north|south)?(?:east|west))-\d{1,2}$/;

/** What may stand where only a region can: it becomes a part of a host name, so nothing but labels gets through. */
const ANY_SHAPE = /^[a-z]{2,8}(?:-[a-z]{2,16}){1,3}-\d{1,2}$/;

/**
 * Whether a path segment is a region rather than the beginning of a secret's name: `eu-central-1` and `us-gov-west-1`
 * are, `prod-db-1` is not.
 */
export function looksLikeRegion(segment: string): boolean {
  return KNOWN_SHAPE.test(segment);
}

/** Whether text can be a region where nothing else is possible, regions to come included. */
export function isRegion(text: string): boolean {
  return ANY_SHAPE.test(text);
}
