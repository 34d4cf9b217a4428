using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Security;

/// <summary>What is kept about a person as one page to read and keep: in the person's language, without anything that is loaded from elsewhere.</summary>
public static class PersonalDataHtml
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-inline-size:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
        h2{margin-block:2.5rem .5rem;border-block-end:1px solid}dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.25rem 1rem;margin-block:0 1.5rem}
        dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-block-end:.5rem}}
        """;

    /// <summary>Amounts are in minor units of the currency beside them.</summary>
    private static readonly HashSet<string> Amounts = new(StringComparer.Ordinal) { "amount", "discount", "refunded" };

    /// <param name="data">Of the person.</param>
    /// <param name="text">In its language.</param>
    /// <param name="now">UTC.</param>
    public static string Write(PersonalData data, IStringLocalizer<SecurityText> text, DateTime now)
    {
        var culture = CultureInfo.CurrentUICulture;
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(culture.Name).Append("\" dir=\"").Append(culture.TextInfo.IsRightToLeft ? "rtl" : "ltr").Append("\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><title>").Append(Safe(text["My.Title"])).Append("</title><style>").Append(Style).Append("</style></head><body><h1>")
            .Append(Safe(text["My.Title"])).Append("</h1><p>").Append(Safe(text["My.As", Time(now)])).Append("</p>");
        foreach (var section in JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web).EnumerateObject())
        {
            html.Append("<h2>").Append(Safe(text["My.Section." + section.Name])).Append("</h2>");
            var items = section.Value.ValueKind is JsonValueKind.Array ? section.Value.EnumerateArray().ToList() : [section.Value];
            items.ForEach(item => Item(html, item, text));
            html.Append(items.Count == 0 ? $"<p>{Safe(text["My.None"])}</p>" : "");
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static void Item(StringBuilder html, JsonElement item, IStringLocalizer<SecurityText> text)
    {
        html.Append("<dl>");
        foreach (var field in item.EnumerateObject().Where(f => f.Name != "currency" && Shown(f, item, text).Length > 0))
        {
            html.Append("<dt>").Append(Safe(text["My.Field." + field.Name])).Append("</dt><dd dir=\"auto\">").Append(Safe(Shown(field, item, text))).Append("</dd>");
        }

        html.Append("</dl>");
    }

    /// <returns>Empty for what is not shown; the kind of a mail says nothing that its subject does not.</returns>
    private static string Shown(JsonProperty field, JsonElement item, IStringLocalizer<SecurityText> text) => field.Value.ValueKind switch
    {
        JsonValueKind.Null => "",
        _ when field.Name is "kind" && item.TryGetProperty("subject", out _) => "",
        JsonValueKind.True => text["My.Yes"],
        JsonValueKind.False => text["My.No"],
        JsonValueKind.Number => Amounts.Contains(field.Name) ? Money.Write(field.Value.GetInt64(), item.GetProperty("currency").GetString()!) : field.Value.GetRawText(),
        _ when field.Name.EndsWith("At", StringComparison.Ordinal) => Time(field.Value.GetDateTime()),
        _ when field.Name is "kind" or "role" or "cameBy" or "state" or "endedBecause" or "scopes" =>
            string.Join(" · ", field.Value.GetString()!.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(v => Value(v, text))),
        _ => field.Value.GetString()!,
    };

    private static string Value(string value, IStringLocalizer<SecurityText> text)
    {
        var words = text["My.Value." + value];
        return words.ResourceNotFound ? value : words.Value;
    }

    private static string Time(DateTime at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
