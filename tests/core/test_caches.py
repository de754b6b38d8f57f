from core.caches import ForgivingRedisCache


def test_a_cache_that_is_away_answers_as_an_empty_one() -> None:
    cache = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.2}})
    cache.set("key", 1)
    assert cache.get("key", "default") == "default"
    assert cache.get_many(["key"]) == {}
    assert cache.add("key", 1) is True
    assert cache.incr("key") == 1
    assert cache.delete("key") is False
    assert not cache.has_key("key")
