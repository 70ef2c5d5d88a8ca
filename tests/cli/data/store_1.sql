-- Rows of a store as the first schema (001_start.sql) held them: three items of
-- store_1.xml, published, one of them edited a day later.  @ORIGIN@ is where that
-- is served.
INSERT INTO source (id, name, title, home_url, feed_id, feed_updated, feed_updated_zone, feed_updated_precision, kind, state, since, error, last_reported, guid_unstable, last_read)
VALUES (1, '@ORIGIN@/a.xml', 'Harbour news', 'https://example.org/', '', 0, 0, 0, 'feed', 'ok', 1733400000, '', 0, 0, 1733486400);
INSERT INTO visit (source, last_fetch, last_ok, next_fetch, failures, status)
VALUES (1, 1733486400, 1733486400, 1733486400, 0, 200);
INSERT INTO document (source, url, etag, last_modified, body_hash, read_as)
VALUES (1, '@ORIGIN@/a.xml', '"0c4f443596b3b95e"', 'Sat, 28 Nov 2026 17:39:11 GMT', X'1e793498024edba40c4f443596b3b95e', X'c971c14bcade25a12734ea05e4f98f6a');
INSERT INTO story (id, made)
VALUES (1, 1733400000);
INSERT INTO story (id, made)
VALUES (2, 1733400000);
INSERT INTO story (id, made)
VALUES (3, 1733400000);
INSERT INTO item (id, source, story, is_lead, why, short_id, state, first_seen, last_seen, published, published_zone, published_precision, date_is_first_seen, updated, updated_zone, updated_precision, content, whole, letters, is_spam_cut, title, url, guid, language, site_name, origin, origin_url)
VALUES (1, 1, 1, 1, '', '2fcwu6a4bhy4b', 'new', 1733400000, 1733486400, 1733130000, 60, 3, 0, 1733486400, 0, 3, X'757c75beddb395021d9bf63331b85387', X'278070a600caed05e08e9affebfd123c', 44, 0, 'A new crane for the east quay', 'https://example.org/crane', 'https://example.org/crane', '', '', '', '');
INSERT INTO item (id, source, story, is_lead, why, short_id, state, first_seen, last_seen, published, published_zone, published_precision, date_is_first_seen, updated, updated_zone, updated_precision, content, whole, letters, is_spam_cut, title, url, guid, language, site_name, origin, origin_url)
VALUES (2, 1, 2, 1, '', 'hlffzhh5sidsv', 'new', 1733400000, 1733486400, 1733214600, 0, 3, 0, 1733214600, 0, 3, X'1fda8b7d843af523d53b700744e94dd0', X'fdd4677ecdea66d7ed88b5424c1d6cbb', 12, 0, '港口的新起重机', 'https://example.org/zh/crane', 'zh-77', '', '', '', '');
INSERT INTO item (id, source, story, is_lead, why, short_id, state, first_seen, last_seen, published, published_zone, published_precision, date_is_first_seen, updated, updated_zone, updated_precision, content, whole, letters, is_spam_cut, title, url, guid, language, site_name, origin, origin_url)
VALUES (3, 1, 3, 1, '', '7c2flhqw7bijs', 'new', 1733400000, 1733486400, 1733400000, 0, 3, 1, 1733400000, 0, 3, X'66e8be2dc499c6e3fd5dd7415090882c', X'f8ab9c2ce6100636e749bd1018725859', 45, 0, 'What the tide left', 'https://example.org/tide', '', '', '', '', '');
INSERT INTO item_key (hash, source, item, kind, is_shared)
VALUES (X'297f54e2d7171438178442d811cae627', 1, 1, 'guid', 0);
INSERT INTO item_key (hash, source, item, kind, is_shared)
VALUES (X'2dfa4c8a70bd927eed5ad07d9b9e38d8', 1, 2, 'url', 0);
INSERT INTO item_key (hash, source, item, kind, is_shared)
VALUES (X'685863fdd23d3bd724a5ef00311fde3f', 1, 2, 'guid', 0);
INSERT INTO item_key (hash, source, item, kind, is_shared)
VALUES (X'c711bcde9f7edd9fa1d724e18284addd', 1, 1, 'url', 0);
INSERT INTO item_key (hash, source, item, kind, is_shared)
VALUES (X'f8b4559e16f8509972301f29350982a7', 1, 3, 'url', 0);
INSERT INTO body (item, html, text, summary, more)
VALUES (1, '<p>The crane came on two barges from the north.</p>', 'The crane came on two barges from the north.', 'The crane came on two barges from the north.', '{"confidence":{},"feed":{"permalink":true}}');
INSERT INTO body (item, html, text, summary, more)
VALUES (2, '<p>起重机由驳船从北方运来。</p>', '起重机由驳船从北方运来。', '起重机由驳船从北方运来。', '{"confidence":{},"feed":{}}');
INSERT INTO body (item, html, text, summary, more)
VALUES (3, '<p>No date is on this one, so it was first seen.</p>', 'No date is on this one, so it was first seen.', 'No date is on this one, so it was first seen.', '{"confidence":{},"feed":{},"notes":[{"code":"date-unknown","text":"the time first seen stands in"}]}');
INSERT INTO sketch (item, shingles, hashes)
VALUES (1, 27, X'00b8286cf7e21c9103f49a67021eebae045900dc2a8635a612213ab8b99dd0e712ed8ceb5fa0d1202150df6ffee8c2b0264d95d7d315e94f30bb9165ea248af643a74fb2eb906ac45268b68cf5ccf17c556f58393349391f55ed0e754be2fc9168052eca6e85653a6becbd877fd0759070dfae45f3ecc60180eaf329a8912c9584ab35066620772a8d33f8de59c743af9960c3641a67f749af7311d2961d5e14c5a08a9d4a176dfbd3d4106f0ad5b3cee1719e28e3245c1dfca82d9a0ce6c26afd7d2b4beae95f57fedd2c31f5c4253cfffd92e164a914b3');
INSERT INTO sketch (item, shingles, hashes)
VALUES (2, 7, X'03acc85ee6ab251624d69aee5381fff580fb7a1c686b09fc9160939cd8d437e0a642fbb1de3d0985b5cf0d1eee8f7d73b912a6646a46fe5c');
INSERT INTO sketch (item, shingles, hashes)
VALUES (3, 25, X'12dff5f5dfa9c77d156c6efac4c92cb722b0ac3bdd82a78726ccfdddc3c0f43c29f91cbc36de5164353ffe13c1a7dbd73563608be4622f3f3721e441932ee23c386e3b6dedd848bd3d9d59c5957a36d24723d0feef3124de5856cbcf96cdfbe67091696006bb07c574ee6fef7649e32b88bec8a970370de99efbb373697c6e3fa693383ca73b8543a93e971f3891f356ab434573e9bbca60b05c0d044fca38d5bc0358c597c5e533d04db110247884b5e4391da40cccd16af42fb35eb12c2cdefc0f87ae423e92a4');
INSERT INTO entry (story, atom_id, first_published, published, published_zone, published_precision, updated, updated_zone, updated_precision, content)
VALUES (1, 'https://example.org/crane', 1733400000, 1733130000, 60, 3, 1733486400, 0, 3, X'757c75beddb395021d9bf63331b85387');
INSERT INTO entry (story, atom_id, first_published, published, published_zone, published_precision, updated, updated_zone, updated_precision, content)
VALUES (2, 'urn:uuid:3aca5c9c-fd92-872a-bd2f-158325566468', 1733400000, 1733214600, 0, 3, 1733214600, 0, 3, X'1fda8b7d843af523d53b700744e94dd0');
INSERT INTO entry (story, atom_id, first_published, published, published_zone, published_precision, updated, updated_zone, updated_precision, content)
VALUES (3, 'urn:uuid:f8b4559e-16f8-8099-b230-1f29350982a7', 1733400000, 1733400000, 0, 3, 1733400000, 0, 3, X'66e8be2dc499c6e3fd5dd7415090882c');
INSERT INTO topic (id, newest)
VALUES ('health', 1733400000);
INSERT INTO topic (id, newest)
VALUES ('news', 1733486400);
INSERT INTO run (id, started, finished, exit_status, sources, failed, items_new, items_changed)
VALUES (1, 1733400000, 1733400000, 0, 1, 0, 3, 0);
INSERT INTO run (id, started, finished, exit_status, sources, failed, items_new, items_changed)
VALUES (2, 1733486400, 1733486400, 0, 1, 0, 0, 1);
