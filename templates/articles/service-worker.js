{% load static %}// Keeps one page for when there is no connection, and what that page looks like. No story, no list
// and no picture: what was withdrawn or corrected can never come back from here.

const NAME = "offline-{{ digest }}";
const PAGE = "{% url 'offline' %}";
const KEPT = [PAGE, "{% static 'site.css' %}", "{% static 'icon.svg' %}"];

async function keep() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.map((url) => new Request(url, { cache: "reload" })));
  await skipWaiting();
}

async function begin() {
  const old = (await caches.keys()).filter((name) => name.startsWith("offline-") && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable(); // the page is asked for while this wakes up
}

async function page(event) {
  try {
    return (await event.preloadResponse) || (await fetch(event.request));
  } catch {
    return (await caches.match(PAGE)) || Response.error();
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request)) || Response.error();
  }
}

addEventListener("install", (event) => event.waitUntil(keep()));
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (KEPT.includes(new URL(request.url).pathname)) event.respondWith(part(request));
});
