// Verifies as a receiver does: a line of JSON {secret, headers, body, now} in, "ok" or why not out. The library asks the clock, which stands still in tests.
import { Webhook } from 'standardwebhooks';
import { createInterface } from 'node:readline';

const clock = Date.now;
for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body, now } = JSON.parse(line);
  Date.now = now === null ? clock : () => now;
  try {
    new Webhook(secret).verify(body, headers);
    console.log('ok');
  } catch (error) {
    console.log(error.message);
  }
}
