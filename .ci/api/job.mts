// The main job of the API, written by the types that a public generator made of the published document.
import createClient from 'openapi-fetch';
import type { paths } from './portal.js';

const [root, partnerKey, programKey, code] = process.argv.slice(2);
const as = (key: string) => createClient<paths>({ baseUrl: root, headers: { Authorization: `Bearer ${key}` } });
const [partner, program] = [as(partnerKey), as(programKey)];

function done<T>(reply: { data?: T; error?: { type?: string; detail?: string }; response: Response }): T {
  if (reply.data === undefined) throw new Error(`${reply.response.url}: ${reply.error?.type} ${reply.error?.detail}`);
  return reply.data;
}

// The product's sign-up page: whose client would it be, and what must the form show?
const named = done(await program.GET('/api/v1/lookup', { params: { query: { code, language: 'en' } } }));
const registered = done(await program.POST('/api/v1/registrations', {
  params: { header: { 'Idempotency-Key': 'registration-1' } },
  body: { externalId: 'cust_1', name: 'Nora New', email: 'nora@example.test', emailVerified: true, language: 'en', code, agreedCode: named.code, wording: named.consent.version },
}));

// The checkout: what is it spared, and what did it buy?
const spared = done(await program.GET('/api/v1/clients/{client}/discount', { params: { path: { client: 'cust_1' } } }));
const price = 8000;
const discount = Math.round(price * (spared.discount?.basisPoints ?? 0) / 10000);
const bought = { externalId: 'order-1', client: { externalId: 'cust_1' }, amount: price, discount, currency: 'EUR', product: 'team', occurredAt: '2026-11-20T10:00:00Z' };
for (let again = 0; again < 2; again++) {
  done(await program.POST('/api/v1/purchases', { params: { header: { 'Idempotency-Key': 'order-1' } }, body: bought }));
}

// The partner's CRM: who came, and what did it earn?
let cursor: string | undefined;
const clients: string[] = [];
do {
  const page: { items: { id: string; name: string }[]; next: string | null } = done(await partner.GET('/api/v1/clients', { params: { query: { limit: 1, cursor, status: ['active', 'never-signed-in'] } } }));
  clients.push(...page.items.filter(c => c.name === 'Nora New').map(c => c.id));
  cursor = page.next ?? undefined;
} while (cursor);
const read = await partner.GET('/api/v1/clients/{id}', { params: { path: { id: clients[0] } } });
done(await partner.PATCH('/api/v1/clients/{id}', { params: { path: { id: clients[0] }, header: { 'If-Match': read.response.headers.get('ETag')! } }, body: { tags: ['From the product'] } }));
const lines = done(await partner.GET('/api/v1/wallet/lines', { params: { query: { currency: 'EUR' } } })).items;
console.log(`${done(read).name} is a client of ${registered.partner?.name}, and its purchase earned ${lines.map(l => `${l.net} ${l.currency} ${l.state}`).join(', ')}`);
