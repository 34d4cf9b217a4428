using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Audit;

/// <summary>Tells audit entries in words.</summary>
public static class AuditWords
{
    /// <summary>Details that hold an account's id.</summary>
    private static readonly HashSet<string> AccountIds = new(StringComparer.Ordinal) { "partnerId", "clientId", "accountId", "from", "to", "sponsor" };

    /// <summary>"Sam Support suspended Brightwater Systems".</summary>
    /// <param name="text">In the reader's language.</param>
    /// <param name="row">The entry.</param>
    /// <param name="accountName">Of the account it is about; null or empty when it is about none, or that is closed.</param>
    public static string Sentence(this IStringLocalizer<AuditText> text, AuditRow row, string? accountName)
    {
        var actor = row.ActorName.Length > 0 ? row.ActorName : text[row.ActorUserId is null ? "Actor.Visitor" : "Actor.Gone"].Value;
        var account = string.IsNullOrEmpty(accountName) ? text["Account.Unnamed"].Value : accountName;
        return text["Action." + row.Action, actor, account];
    }

    public static string ActionName(this IStringLocalizer<AuditText> text, string action) => text["Name." + action];

    /// <summary>The ids of all accounts that these entries name, so that the reader sees names.</summary>
    public static IReadOnlyCollection<long> AccountsIn(IEnumerable<AuditRow> rows)
    {
        var ids = new HashSet<long>();
        foreach (var row in rows)
        {
            if (row.AccountId is { } id)
            {
                ids.Add(id);
            }

            foreach (var (key, value) in Parse(row.Details))
            {
                if (AccountIds.Contains(key) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var other))
                {
                    ids.Add(other);
                }
            }
        }

        return ids;
    }

    /// <summary>What else the entry tells, as label and value; what is empty is left out.</summary>
    public static IReadOnlyList<(string Label, string Value)> Details(this IStringLocalizer<AuditText> text, AuditRow row, IReadOnlyDictionary<long, string> accountNames)
    {
        var details = new List<(string, string)>();
        if (row is { GrantId: not null, AccountId: { } client })
        {
            details.Add((text["Detail.onBehalfOf"], Account(client)));
        }

        foreach (var (key, value) in Parse(row.Details))
        {
            var words = AccountIds.Contains(key) && value.ValueKind is JsonValueKind.Number ? Account(value.GetInt64()) : Value(text, key, value);
            if (words.Length > 0)
            {
                var label = text["Detail." + key];
                details.Add((label.ResourceNotFound ? key : label, words));
            }
        }

        return details;

        string Account(long id) => accountNames.GetValueOrDefault(id) is { Length: > 0 } name ? name : text["Account.Unnamed"];
    }

    private static string Value(IStringLocalizer<AuditText> text, string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when key == "language" && Languages.IsSupported(value.GetString()) => Languages.NameOf(value.GetString()!),
        JsonValueKind.String => Word(text, value.GetString()!),
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number.ToString("N0", CultureInfo.CurrentCulture) : value.GetRawText(),
        JsonValueKind.True => text["Value.Yes"],
        JsonValueKind.False => text["Value.No"],
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => Value(text, key, v))),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(p => $"{p.Name}: {Value(text, p.Name, p.Value)}")),
        JsonValueKind.Undefined or JsonValueKind.Null => "",
    };

    /// <summary>The name of an enum's value in words; anything else as it is.</summary>
    private static string Word(IStringLocalizer<AuditText> text, string value)
    {
        var word = text["Value." + value];
        return word.ResourceNotFound ? value : word;
    }

    private static List<(string Key, JsonElement Value)> Parse(string? details)
    {
        if (string.IsNullOrEmpty(details))
        {
            return [];
        }

        using var document = JsonDocument.Parse(details);
        return document.RootElement.ValueKind is JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.Clone()))]
            : [];
    }
}
