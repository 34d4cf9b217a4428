using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace PartnerPortal.Features.Referrals;

/// <summary>Packs the touches that a visitor's cookie keeps: at most five, signed and encrypted, none older than the program's window.</summary>
public sealed class TouchSeal(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string CookieName = "portal.referral";
    public const int Kept = 5;

    private readonly IDataProtector _protector = protection.CreateProtector("PartnerPortal.Touches");

    /// <returns>The touches, newest first; none when the cookie is missing, forged, or from before the keys.</returns>
    public IReadOnlyList<Touch> Open(string? cookie, int windowDays)
    {
        if (string.IsNullOrEmpty(cookie))
        {
            return [];
        }

        try
        {
            var touches = JsonSerializer.Deserialize<List<Touch>>(_protector.Unprotect(cookie), JsonSerializerOptions.Web) ?? [];
            var since = clock.GetUtcNow().UtcDateTime.AddDays(-windowDays);
            return [.. touches.Where(t => t.At >= since).OrderByDescending(t => t.At).Take(Kept)];
        }
        catch (Exception error) when (error is CryptographicException or JsonException or FormatException)
        {
            return [];
        }
    }

    /// <summary>Adds a touch. One more by the same code, source and invitation takes the place of the earlier; when five are kept, the oldest but the first gives way, so that the first touch can still win.</summary>
    public string Add(IReadOnlyList<Touch> touches, Touch touch)
    {
        var first = touches.Count > 0 ? touches.MinBy(t => t.At) : null;
        List<Touch> kept = [touch, .. touches.Where(t => t == first || (t.Code, t.Source, t.Invitation) != (touch.Code, touch.Source, touch.Invitation)).OrderByDescending(t => t.At)];
        while (kept.Count > Kept)
        {
            kept.RemoveAt(kept.Count - 2);
        }

        return _protector.Protect(JsonSerializer.Serialize(kept, JsonSerializerOptions.Web));
    }
}
