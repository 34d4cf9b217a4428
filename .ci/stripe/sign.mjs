// Signs as Stripe does: a line of JSON {payload, secret, timestamp} in, a Stripe-Signature header out.
import Stripe from 'stripe';
import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  const { payload, secret, timestamp } = JSON.parse(line);
  console.log(Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }));
}
