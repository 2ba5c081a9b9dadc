import type { VendorFact } from '../vendor-fact.ts';
import { aiFacts } from './ai-facts.ts';
import { businessFacts } from './business-facts.ts';
import { googleFacts } from './google-facts.ts';

/** Every fact that can be compared. */
export const vendorFacts: readonly VendorFact[] = [...aiFacts, ...businessFacts, ...googleFacts];
