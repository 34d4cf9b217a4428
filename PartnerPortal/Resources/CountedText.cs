using System.Globalization;
using Microsoft.Extensions.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Resources;

/// <summary>Texts with a number in them, whose words follow it: "1 client", "2 clients".</summary>
public static class CountedText
{
    /// <summary>The form of a text that fits a number, in the reader's language. The resources hold it as "key.One", "key.Other" and so on.</summary>
    /// <param name="text">The strings.</param>
    /// <param name="key">Without the form.</param>
    /// <param name="count">Not negative; stands in the text as {0}, with the reader's separators.</param>
    /// <param name="more">Stand in the text as {1} and so on.</param>
    public static string Counted(this IStringLocalizer text, string key, long count, params object[] more) =>
        text[$"{key}.{Plurals.Of(Languages.Current, count)}", [count.ToString("N0", CultureInfo.CurrentCulture), .. more]];
}
