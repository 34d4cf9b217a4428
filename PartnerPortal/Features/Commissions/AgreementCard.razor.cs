using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Components.Ui;
using PartnerPortal.Identity;
using PartnerPortal.Resources;

namespace PartnerPortal.Features.Commissions;

/// <summary>The agreement of the reader's account; nothing for who may not see its money.</summary>
public sealed partial class AgreementCard
{
    private Agreement? _agreement;
    private Told? _told;
    private bool _busy;

    [Parameter, EditorRequired] public required Actor Actor { get; set; }

    [Inject] public required AgreementQueries Queries { get; init; }

    [Inject] public required AcceptAgreement Accept { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<AgreementText> L { get; init; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private static IEnumerable<(AgreementTerms Terms, bool IsNext)> Shown(Agreement agreement)
    {
        if (agreement.InForce is { } inForce)
        {
            yield return (inForce, false);
        }

        if (agreement.Next is { } next)
        {
            yield return (next, true);
        }
    }

    private async Task LoadAsync() => _agreement = await Queries.OwnAsync(Actor, CancellationToken.None);

    private async Task AcceptAsync(AgreementTerms terms)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var result = await Accept.ExecuteAsync(terms.VersionId, await Current.GetAsync(), CancellationToken.None);
            _told = result.Error switch
            {
                null => new Told(NoticeTone.Ok, L["Done", terms.Number], L["Done.Text"]),
                AgreementMoved => new Told(NoticeTone.Warn, L["Moved"], L["Moved.Text"]),
                NotAllowed => new Told(NoticeTone.Bad, L["NotAllowed"], L["Accept.Admin"]),
                var error => throw new InvalidOperationException($"The page does not know {error}."),
            };
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }

    private sealed record Told(NoticeTone Tone, string Title, string Text);
}
