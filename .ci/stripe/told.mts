import type Stripe from 'stripe';

/** Some members of a type: events have some hundred, fixtures those that are read. One that the type does not have is an error. */
export type Told<T> = T extends readonly (infer U)[] ? Told<U>[] : T extends object ? { [K in keyof T]?: Told<T[K]> } : T;

export type { Stripe };
