// The same command as an app of Bolt for JavaScript, written as its documentation writes it: acknowledge, then respond.
// Signature verification is on. It keeps no record of who asked for what.
const fs = require('node:fs');
const { App, HTTPReceiver } = require('@slack/bolt');

const { BENCH_PORT, BENCH_SIGNING_SECRET, BENCH_TOKEN, BENCH_API, BENCH_CARD } = process.env;
const card = JSON.parse(fs.readFileSync(BENCH_CARD, 'utf8'));

const receiver = new HTTPReceiver({ signingSecret: BENCH_SIGNING_SECRET, endpoints: '/slack/events' });
const app = new App({ token: BENCH_TOKEN, receiver, clientOptions: { slackApiUrl: BENCH_API } });

app.command('/fops', async ({ ack, respond }) => {
  await ack();
  await respond(card);
});

(async () => {
  await app.start({ port: Number(BENCH_PORT), host: '127.0.0.1' });
})();
