using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>How a typed tag is written down.</summary>
internal static class TagName
{
    /// <summary>Without spaces at its ends, with single ones between its words.</summary>
    public static string Tidy(string? typed) => string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <returns>Null when it can be a tag.</returns>
    public static Error? Check(string tidy) => tidy.Length switch
    {
        0 => new TagMissing(),
        > TagClient.MaxLength => new TagTooLong(TagClient.MaxLength),
        _ => null,
    };

    /// <summary>One spelling in the whole list, so that the filter finds all that were meant.</summary>
    public static async Task<string> SpellingAsync(PortalTransaction work, long partnerId, string tidy, CancellationToken ct)
    {
        var folded = SearchText.Fold(tidy);
        var known = await work.Db.ClientRecords.Where(r => r.PartnerId == partnerId).SelectMany(r => r.Tags).Select(t => t.Name).Distinct().ToListAsync(ct);
        return known.Find(other => SearchText.Fold(other) == folded) ?? tidy;
    }
}
