using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Features.Journeys;
using PartnerPortal.Features.Program;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>"Create a client". Whether the address has an account already changes nothing here (invariant 10).</summary>
public sealed partial class NewClientPage : IAsyncDisposable
{
    /// <summary>The fields in their order, with the ids of their inputs.</summary>
    private static readonly (string Field, string Id)[] Inputs =
        [(nameof(NewClient.FullName), "client-name"), (nameof(NewClient.Email), "client-email"), (nameof(NewClient.Phone), "client-phone"), (nameof(NewClient.Note), "client-note")];

    private readonly CancellationTokenSource _gone = new();
    private Actor _actor = Actor.Visitor;
    private ProgramSettings _program = new();
    private IReadOnlyList<Error> _errors = [];
    private ClientRow? _created;
    private AlreadyInList? _known;
    private IJSObjectReference? _script;
    private string? _name;
    private string? _email;
    private string? _phone;
    private string _country = "";
    private string _language = Languages.Default;
    private string? _note;
    private string? _refusal;
    private string? _focus;
    private bool _another;
    private bool _isLoaded;
    private bool _isSending;

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required CreateClients Create { get; init; }

    [Inject] public required ClientQueries Queries { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ClientsText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Words { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        try
        {
            await (_script?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its scripts with it.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync(_gone.Token);
        _program = await Settings.GetAsync(_gone.Token);
        _country = _program.DefaultCountry;
        _language = Languages.Current;
        _isLoaded = RendererInfo.IsInteractive;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _script = await Js.InvokeAsync<IJSObjectReference>("import", "/js/clients.js");
        }

        if (_focus is { } id && _script is not null)
        {
            _focus = null;
            await _script.InvokeVoidAsync("focusId", id);
        }
    }

    private async Task SubmitAsync()
    {
        if (_isSending)
        {
            return;
        }

        _isSending = true;
        try
        {
            _actor = await Current.GetAsync(_gone.Token);
            var result = await Create.ExecuteAsync([new NewClient(_name, _email, _phone, _country, _language, _note)], _actor, _gone.Token);
            await ShowAsync(result);
        }
        finally
        {
            _isSending = false;
        }
    }

    private async Task ShowAsync(Result<IReadOnlyList<CreatedClient>> result)
    {
        _errors = result.Ok ? result.Value[0].Errors : [];
        _known = _errors.OfType<AlreadyInList>().FirstOrDefault();
        _refusal = result.Error switch
        {
            null => null,
            PartnerIsSuspended => L["Suspended.Text"].Value,
            _ => L["Error.NotAllowed"].Value,
        };
        if (result is not { Ok: true, Value: [{ RecordId: { } id }] })
        {
            _focus = Inputs.FirstOrDefault(i => _errors.Any(e => e.Field == i.Field)).Id;
            return;
        }

        await Js.ForgetFormAsync("client");
        if (!_another)
        {
            Navigation.NavigateTo(PortalUrls.WithQuery(PortalUrls.Clients, ("created", id.ToString(CultureInfo.InvariantCulture))));
            return;
        }

        _created = (await Queries.CardAsync(id, _actor, _gone.Token))?.Row;
        (_name, _email, _phone, _note, _focus) = (null, null, null, null, "client-name");
    }

    private string? Invalid(string field) => _errors.Any(e => e.Field == field) ? "true" : null;

    /// <summary>What is wrong with a field, in words. A line that is there already is named with its link instead.</summary>
    private string? ErrorOf(string field) => _errors.FirstOrDefault(e => e.Field == field) switch
    {
        ClientNameMissing => L["Error.NameMissing"].Value,
        ClientNameTooLong => L["Error.NameTooLong"].Value,
        ClientSaidNo => L["Error.SaidNo"],
        ClientEmailWrong e => Words.Describe(e.Problem),
        ClientPhoneWrong e => Words.Describe(e.Problem),
        ClientNoteTooLong => L["Error.NoteTooLong", ChangeClientNote.MaxLength].Value,
        _ => null,
    };
}
