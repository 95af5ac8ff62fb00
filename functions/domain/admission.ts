import type { CreateRequest } from './runner-request.ts';

/** A request for lives that do not exist yet. */
export interface AdmissionRequest extends CreateRequest {
  /** How many lives it would start; those that are on their way or ready are not among them. */
  readonly newLives: number;
}

/** Decides whether a request may start runners; one mode of admission is one implementation. */
export interface Admission {
  /** Throws a Problem that says which rule refuses, what to change, and when to come back. */
  admit(request: AdmissionRequest): Promise<void>;
}
