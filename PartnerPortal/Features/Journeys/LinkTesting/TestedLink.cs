using System.Web;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.LinkTesting;

public enum TestedLinkKind
{
    /// <summary>A code without an address: typed on the registration page, or where one asks for a code.</summary>
    Code,

    /// <summary><c>/r/{code}</c>.</summary>
    Referral,

    /// <summary><c>/join/{code}</c> and <c>/join?code=</c>.</summary>
    Join,

    /// <summary><c>/register?code=|ref=|refexternal=</c>.</summary>
    Register,
}

/// <summary>What was pasted, taken apart as the addresses themselves take it apart.</summary>
/// <param name="Code">As it stands in it; null where a number or an external id stands.</param>
/// <param name="Invitation">The invitation's token as it stands there.</param>
/// <param name="Source">Where the link stands.</param>
/// <param name="To">Where it leads instead of the join page.</param>
public sealed record TestedLink(TestedLinkKind Kind, string? Code, string? Number, string? ExternalId, string? Invitation, string? Source, string? To)
{
    public const int Longest = 2000;

    /// <param name="typed">A code, a path of this portal, or a whole address.</param>
    /// <param name="root">The portal's own address, without a slash at the end.</param>
    /// <returns>Null when it is no referral link of this portal.</returns>
    public static TestedLink? Parse(string? typed, string root)
    {
        var text = typed?.Trim() ?? "";
        if (ReferralCode.TryParse(text, out var code))
        {
            return new TestedLink(TestedLinkKind.Code, code.Value, null, null, null, null, null);
        }

        return text.Length is 0 or > Longest || PathOf(text, new Uri(root)) is not { } path ? null : OfPath(path);
    }

    private static TestedLink? OfPath(Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        string? Of(string name) => query[name];
        var link = new TestedLink(TestedLinkKind.Referral, null, null, null, Of("i"), Of("s"), Of("to"));
        string[] steps = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        return (steps.ElementAtOrDefault(0)?.ToLowerInvariant(), steps.ElementAtOrDefault(1), steps.Length) switch
        {
            ("r", { } code, 2) => link with { Code = code },
            ("join", { } code, 2) => link with { Kind = TestedLinkKind.Join, Code = code },
            ("join", null, 1) when Of("code") is { } code => link with { Kind = TestedLinkKind.Join, Code = code },
            ("register", null, 1) when (Of("code") ?? Of("ref") ?? Of("refexternal")) is not null =>
                link with { Kind = TestedLinkKind.Register, Code = Of("code"), Number = Of("ref"), ExternalId = Of("refexternal") },
            _ => null,
        };
    }

    /// <summary>People paste addresses with and without what stands before the host.</summary>
    private static Uri? PathOf(string text, Uri root)
    {
        var whole = text.StartsWith('/') ? root.GetLeftPart(UriPartial.Authority) + text
            : text.StartsWith(root.Authority + "/", StringComparison.OrdinalIgnoreCase) ? $"{root.Scheme}://{text}" : text;
        return Uri.TryCreate(whole, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && string.Equals(address.Authority, root.Authority, StringComparison.OrdinalIgnoreCase) ? address : null;
    }
}
