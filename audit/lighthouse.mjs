// Run Lighthouse on each address TIMES or three times, as on a phone; write what it finds as JSON.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const GATES = ["accessibility", "best-practices", "seo"];
const chrome = await launch({
  chromeFlags: [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--ignore-certificate-errors", // of bench/paint.py
  ],
});
const results = [];
for (const url of process.argv.slice(2)) {
  const runs = [];
  for (let time = 0; time < Number(process.env.TIMES ?? 3); time++) {
    // A gate is asked until it has a score: on a busy machine one of its audits may not come about.
    const onlyCategories = [...GATES.filter((id) => !runs.some(({ scores }) => scores[id] != null)), "performance"];
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories, logLevel: "error" });
    const categories = Object.entries(lhr.categories);
    runs.push({
      scores: Object.fromEntries(categories.map(([id, { score }]) => [id, score && Math.round(score * 100)])),
      metrics: Object.fromEntries(
        ["largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time"].map((id) => [
          id, lhr.audits[id].numericValue,
        ]),
      ),
      comesBack: lhr.audits["bf-cache"].score !== 0,
      failed: categories
        .filter(([id]) => GATES.includes(id))
        .flatMap(([, { auditRefs }]) => auditRefs.filter(({ weight }) => weight))
        .map(({ id }) => lhr.audits[id])
        .filter(({ score }) => score !== null && score < 1)
        .map(({ title }) => title),
    });
  }
  results.push(runs);
}
await chrome.kill();
console.log(JSON.stringify(results));
