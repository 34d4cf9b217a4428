using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace PartnerPortal.Features.Journeys.Contacts;

public sealed partial class ContactColumnsTable
{
    /// <summary>So many columns are shown whether they are used or not.</summary>
    private const int Few = 8;

    private ContactFile? _sorted;
    private List<int> _shown = [];
    private List<int> _hidden = [];

    [Inject] public required IStringLocalizer<ContactsText> L { get; init; }

    [Parameter, EditorRequired] public required ContactFile File { get; set; }

    [Parameter, EditorRequired] public required ContactSource Source { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<ContactField> Columns { get; set; }

    /// <summary>Accounts are created, and may have a phone.</summary>
    [Parameter] public bool HasPhone { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>What is missing among the columns.</summary>
    [Parameter] public string? Error { get; set; }

    [Parameter] public EventCallback<(int Column, ContactField Field)> OnChange { get; set; }

    /// <summary>Sorted once a file: a line does not move away under the hand that changes it.</summary>
    protected override void OnParametersSet()
    {
        if (_sorted == File)
        {
            return;
        }

        _sorted = File;
        var all = Enumerable.Range(0, Columns.Count).ToList();
        var isClear = Columns.Contains(ContactField.Email);
        _shown = all.FindAll(c => all.Count <= Few || !isClear || Columns[c] is not ContactField.Unused);
        _hidden = [.. all.Except(_shown)];
    }

    private static string NameOf(ContactSource source) => source switch
    {
        ContactSource.Google => "Google Contacts",
        _ => source.ToString(),
    };

    private string ValuesOf(int column) => string.Join(" · ", File.First.Select(r => r.Fields![column]).Where(v => v.Length > 0).Distinct().Take(3).Select(v => v.Length > 40 ? v[..39] + "…" : v));
}
