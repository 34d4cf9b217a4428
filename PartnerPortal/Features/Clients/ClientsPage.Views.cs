using PartnerPortal.Shared;

namespace PartnerPortal.Features.Clients;

/// <summary>The views that a person saved, and what it chose for the columns.</summary>
public sealed partial class ClientsPage
{
    private ClientChoices _choices = ClientChoices.None;
    private string? _from;
    private string? _viewSaid;
    private Func<Task>? _undoView;

    /// <summary>The list is a saved view, unchanged.</summary>
    private bool IsSaved => _view.Saved is not (null or ClientView.All);

    /// <summary>The whole list as a file: what is shown, not the name of the view, with the view's columns.</summary>
    private string CsvAddress => PortalUrls.WithQuery(
        (_view with { Saved = null, At = null }).Address(PortalUrls.ClientsCsv), (ClientsCsvEndpoint.ColumnsParameter, _from is null ? null : ClientColumns.Format(_columns)));

    private static string AddressOf(SavedView saved) => new ClientView { Saved = saved.Id }.Address(PortalUrls.Clients);

    /// <summary>Reads what the address asks for. One that says nothing asks for the person's own default.</summary>
    private void Use(string query)
    {
        var asked = ClientView.Parse(query).For(_actor);
        var saved = _choices.Find(query.Length == 0 ? _choices.DefaultId : asked.Saved);
        if (saved is null && asked.Saved is not (null or ClientView.All))
        {
            (_viewSaid, _undoView) = (L["View.Gone"], null);
        }

        _view = saved is null ? Plainly(asked with { Saved = null }) : saved.View.For(_actor) with { Saved = saved.Id, At = asked.At };
        // A filter that is changed comes from the view it was changed in, until the plain list is shown again.
        _from = saved?.Id ?? (_view.Saved is null && (_view with { At = null }).Address("").Length > 0 ? _choices.Find(_from)?.Id : null);
        _columns = _choices.Find(_from)?.Columns ?? _choices.Columns;
    }

    /// <summary>The plain list must say so in its address where another view opens by itself.</summary>
    private ClientView Plainly(ClientView view) =>
        _choices.DefaultId is not null && view.Saved is null && (view with { At = null }).Address("").Length == 0 ? view with { Saved = ClientView.All } : view;

    private async Task ShowSavedAsync(SavedView saved)
    {
        _choices = await Choices.FindAsync(_actor, _gone.Token);
        (_viewSaid, _undoView, _announcement) = (null, null, L["View.Saved", saved.Name]);
        if (_view.Saved == saved.Id)
        {
            Use(Navigation.ToAbsoluteUri(Navigation.Uri).Query);
            await (LacksLines ? LoadAsync() : Task.CompletedTask);
            return;
        }

        Navigation.NavigateTo(new ClientView { Saved = saved.Id, At = _view.At }.Address(Path));
    }

    private async Task ShowDeletedAsync(SavedView deleted)
    {
        var wasDefault = _choices.DefaultId == deleted.Id;
        _choices = await Choices.FindAsync(_actor, _gone.Token);
        _viewSaid = _announcement = L["View.Deleted", deleted.Name];
        _undoView = async () =>
        {
            var back = await Views.ExecuteAsync(new ViewToSave(deleted.Id, deleted.Name, deleted.View, deleted.Columns), _actor, _gone.Token);
            if (!back.Ok)
            {
                _viewSaid = _announcement = L["View.NotBack", deleted.Name];
                return;
            }

            if (wasDefault)
            {
                await Keep.ExecuteAsync(ClientChoices.DefaultPreference, deleted.Id, _actor, _gone.Token);
            }

            await ShowSavedAsync(deleted);
        };
        await Show(new ClientView());
    }

    private Task UndoViewAsync() => _undoView?.Invoke() ?? Task.CompletedTask;

    private async Task MakeDefaultAsync(string? id)
    {
        await Keep.ExecuteAsync(ClientChoices.DefaultPreference, id ?? ClientChoices.NoDefault, _actor, _gone.Token);
        _choices = _choices with { DefaultId = id };
        _announcement = id is null ? L["View.DefaultNot"] : L["View.DefaultNow", _choices.Find(id)?.Name ?? ""];
    }

    /// <summary>In a saved view, or one that comes from it, the columns belong to that view.</summary>
    private async Task ChooseAsync(ClientColumn column, bool isShown)
    {
        _columns = [.. ClientColumns.AllOf(_actor).Where(c => c == column ? isShown : _columns.Contains(c))];
        await LoadAsync();

        if (_choices.Find(_from) is { } saved)
        {
            await Views.ExecuteAsync(new ViewToSave(saved.Id, saved.Name, saved.View, _columns), _actor, _gone.Token);
            _choices = _choices with { Views = [.. _choices.Views.Select(v => v.Id == saved.Id ? v with { Columns = _columns } : v)] };
            return;
        }

        _choices = _choices with { Columns = _columns };
        await Keep.ExecuteAsync(ClientColumns.Preference, ClientColumns.Format(_columns), _actor, _gone.Token);
    }

    private Task ResetWidthsAsync() => KeepWidthsAsync(ClientWidths.None);

    private async Task KeepWidthsAsync(ClientWidths widths)
    {
        _choices = _choices with { Widths = widths };
        await Keep.ExecuteAsync(ClientWidths.Preference, widths.Format(), _actor, _gone.Token);
    }
}
