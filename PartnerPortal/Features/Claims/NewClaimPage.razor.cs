using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

/// <summary><c>/claims/new</c>. What it answers depends on the claimant alone: the same whether or not there is such a client.</summary>
public sealed partial class NewClaimPage
{
    private readonly List<NewFile> _files = [];
    private Actor _actor = Actor.Visitor;
    private string _client = "";
    private string _words = "";
    private int _days;
    private Error? _error;
    private bool _busy;

    [Inject] public required FileClaim File { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Inject] public required IStringLocalizer<ClaimsText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        _days = (await Settings.GetAsync()).ClaimAnswerDays;
    }

    private async Task SendAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var filed = await File.ExecuteAsync(new ClaimForm(_client, _words, _files), await Current.GetAsync(), CancellationToken.None);
        _busy = false;
        _error = filed.Error;
        if (filed.Ok)
        {
            await Js.ForgetFormAsync("claim");
            Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.Claim(filed.Value), ("said", "filed")));
        }
    }

    private string? ErrorOf(string field) => _error?.Field == field ? L.Describe(_error, Time) : null;

    private string? Invalid(string field) => _error?.Field == field ? "true" : null;
}
