using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using PartnerPortal.Identity;

namespace PartnerPortal.Features.Api;

/// <summary>Whether a request may go on, and what is left, as the headers of draft-ietf-httpapi-ratelimit-headers write it.</summary>
/// <param name="Seconds">Until there is a new minute's worth.</param>
/// <param name="Policy">Of the header that names it.</param>
internal readonly record struct ApiGrant(bool IsGranted, int Remaining, int Seconds, string Policy, string Name)
{
    public string Header => string.Create(CultureInfo.InvariantCulture, $"\"{Name}\";r={Remaining};t={Seconds}");
}

/// <summary>
/// Counts the requests of each key, minute by minute. It is counted in this process: with several nodes a key may ask that many times as often. Counting is a number under a lock,
/// since purchases come by the thousands.
/// </summary>
internal sealed class ApiLimits(TimeProvider clock, IOptions<ApiOptions> options)
{
    private const int WindowSeconds = 60;

    private readonly (int Limit, string Policy) _partner = Policy("partner", options.Value.PartnerPerMinute);
    private readonly (int Limit, string Policy) _program = Policy("program", options.Value.ProgramPerMinute);
    private readonly ConcurrentDictionary<long, Window> _windows = [];

    /// <param name="machine">That has signed in with a key.</param>
    public ApiGrant Take(Actor machine)
    {
        var (limit, policy) = machine.AccountId is null ? _program : _partner;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var used = _windows.GetOrAdd(machine.KeyId!.Value, _ => new Window()).Use(now / WindowSeconds);
        return new ApiGrant(used <= limit, Math.Max(0, limit - used), (int)(WindowSeconds - (now % WindowSeconds)), policy, machine.AccountId is null ? "program" : "partner");
    }

    private static (int Limit, string Policy) Policy(string name, int limit) => (limit, string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={limit};w={WindowSeconds}"));

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private long _minute;
        private int _used;

        public int Use(long minute)
        {
            lock (_lock)
            {
                _used = _minute == minute ? _used == int.MaxValue ? _used : _used + 1 : 1;
                _minute = minute;
                return _used;
            }
        }
    }
}
