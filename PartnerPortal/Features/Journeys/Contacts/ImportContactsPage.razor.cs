using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

/// <summary>Invites or creates the contacts of a file: choose it, say what its columns are, look at what it would do, and let it run. Whoever leaves stops it after the part that runs.</summary>
public sealed partial class ImportContactsPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource _stop = new();
    private Actor _actor = Actor.Visitor;
    private ImportStep _step;
    private InvitationKind _kind;
    private string _language = Languages.Default;
    private string? _tag;
    private string _name = "";
    private ContactFile? _file;
    private ContactSource _source;
    private List<ContactField> _columns = [];
    private ContactReport? _report;
    private string? _fileError;
    private string? _tagError;
    private string? _columnsError;
    private string? _refusal;
    private int _lines;
    private int _inputs;

    private enum ImportStep
    {
        Choosing,
        Reading,
        Mapping,
        Checking,
        Checked,
        Running,
        Done,
    }

    [Inject] public required CheckContacts Check { get; init; }

    [Inject] public required ImportContacts Import { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required IStringLocalizer<ContactsText> L { get; init; }

    private bool IsBusy => _step is ImportStep.Reading or ImportStep.Checking or ImportStep.Running;

    private int Fresh => _report?.CountOf(ContactVerdict.New) ?? 0;

    private ContactImport Request => new(_file!, _columns, _kind, _language, _tag);

    private string ListAddress => _report?.Tag is { } tag
        ? PortalUrls.WithQuery(PortalUrls.Clients, ("tag", tag))
        : PortalUrls.ClientsWith(nameof(ClientStatus.Invited));

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _stop.Dispose();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync(_gone.Token);
        _language = Languages.Current;
    }

    private async Task ReadAsync(InputFileChangeEventArgs chosen)
    {
        (_file, _report, _fileError, _columnsError, _refusal, _name, _step) = (null, null, null, null, null, chosen.File.Name, ImportStep.Reading);
        StateHasChanged();
        var opened = await ContactFileField.ReadAsync(chosen.File, _gone.Token);
        if (!opened.Ok)
        {
            (_fileError, _step) = (L.Describe(opened.Error!), ImportStep.Choosing);
            return;
        }

        _file = opened.Value;
        var guess = ContactColumns.Of(_file);
        (_source, _columns, _step) = (guess.Source, [.. guess.Columns], ImportStep.Mapping);
    }

    private void Choose(InvitationKind kind)
    {
        _kind = kind;
        Reconsider();
    }

    private void Map((int Column, ContactField Field) change)
    {
        _columns[change.Column] = change.Field;
        Reconsider();
    }

    /// <summary>Something else is wanted: what was found out before does not hold any more.</summary>
    private void Reconsider()
    {
        (_report, _tagError, _columnsError, _refusal) = (null, null, null, null);
        _step = _file is null ? ImportStep.Choosing : ImportStep.Mapping;
    }

    private async Task CheckAsync()
    {
        Reconsider();
        _step = ImportStep.Checking;
        StateHasChanged();
        var (request, actor) = (Request, await Current.GetAsync(_gone.Token));
        Take(await Task.Run(() => Check.ExecuteAsync(request, actor, _gone.Token), _gone.Token), ImportStep.Checked);
    }

    private async Task RunAsync()
    {
        _stop.Dispose();
        (_stop, _report, _lines, _step) = (new CancellationTokenSource(), null, 0, ImportStep.Running);
        StateHasChanged();
        var (run, actor) = (new ContactRun(Request, TellAsync, _stop.Token), await Current.GetAsync(_gone.Token));
        Take(await Task.Run(() => Import.ExecuteAsync(run, actor, _gone.Token), _gone.Token), ImportStep.Done);
    }

    private Task StopAsync() => _stop.CancelAsync();

    private Task TellAsync(int lines) => InvokeAsync(() =>
    {
        _lines = lines;
        StateHasChanged();
    });

    private void Take(Result<ContactReport> result, ImportStep next)
    {
        if (result.Ok)
        {
            (_report, _step) = (result.Value, next);
            // The same file may be chosen once more, and is read anew.
            _inputs += next is ImportStep.Done ? 1 : 0;
            return;
        }

        _step = ImportStep.Mapping;
        var words = L.Describe(result.Error!);
        switch (result.Error)
        {
            case TagTooLong:
                _tagError = words;
                break;
            case ContactEmailUnmapped or ContactNameUnmapped:
                _columnsError = words;
                break;
            default:
                _refusal = words;
                break;
        }
    }
}
