using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PartnerPortal.Components.Ui;
using PartnerPortal.Identity;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Program;

/// <summary>The owner edits the program's settings and reads, before saving, what changes for people.</summary>
public sealed partial class ProgramPage
{
    private ProgramForm _form = new();
    private ProgramForm _opened = new();
    private IReadOnlyList<Error> _errors = [];
    private IReadOnlyList<string> _others = [];
    private IReadOnlyList<(string Code, string Name)> _countries = [];
    private string? _logoType;
    private bool _saving;
    private bool _saved;
    private bool _isLoaded;

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required ChangeProgram Change { get; init; }

    [Inject] public required CurrentActor Current { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required IStringLocalizer<ProgramText> L { get; init; }

    [Inject] public required IStringLocalizer<SharedText> Shared { get; init; }

    /// <summary>The version that was saved before the page was loaded again.</summary>
    [SupplyParameterFromQuery(Name = "saved")] public int? SavedVersion { get; set; }

    private IReadOnlyList<string> Effects => [.. ProgramEffects.Of(_opened, _form, _logoType is not null).Select(e => L["Effect." + e.Name, [.. e.Values.Select(Word)]].Value)];

    private string? LogoShown => _form switch
    {
        { NewLogo: { } logo } => $"data:{(LogoFile.Check(logo, out var type) is null ? type : "image/png")};base64,{Convert.ToBase64String(logo)}",
        { RemoveLogo: true } => null,
        _ => _logoType is not null ? PortalUrls.WithQuery(PortalUrls.Logo, ("v", _form.Version.ToString(CultureInfo.InvariantCulture))) : null,
    };

    /// <summary>The logo shown is a drawing, which cannot be put into a picture of pixels here.</summary>
    private bool IsSvg => (_form.NewLogo is { } logo && LogoFile.Check(logo, out var type) is null ? type : _logoType) is "image/svg+xml";

    protected override async Task OnInitializedAsync()
    {
        _countries = [.. PhoneCountries.All
            .Select(c => (c.Alpha2, Name: PhoneCountries.NameOf(c.Alpha2, CultureInfo.CurrentUICulture)))
            .OrderBy(c => c.Name, StringComparer.CurrentCulture)];
        await UndoAsync();
        _saved = SavedVersion == _opened.Version;
        _isLoaded = RendererInfo.IsInteractive;
    }

    private async Task UndoAsync()
    {
        var settings = await Settings.GetAsync();
        (_opened, _form) = (ProgramForm.Of(settings), ProgramForm.Of(settings));
        _logoType = settings.LogoContentType;
        (_errors, _others) = ([], []);
    }

    private async Task SaveAsync()
    {
        if (_saving)
        {
            return;
        }

        (_saving, _saved) = (true, false);
        try
        {
            var result = await Change.ExecuteAsync(_form, await Current.GetAsync(), CancellationToken.None);
            if (result.Ok)
            {
                await Js.ForgetFormAsync("program");
            }

            switch (result.Error)
            {
                case null when ProgramForm.Color(_form.Accent) != _opened.Accent:
                    // The style sheets of a loaded page stay as they are.
                    Navigation.NavigateTo(PortalUrls.ProgramSaved(result.Value), forceLoad: true, replace: true);
                    break;
                case null:
                    await UndoAsync();
                    _saved = true;
                    break;
                case ProgramRefused refused:
                    _errors = refused.Errors;
                    break;
                case ProgramChangedMeanwhile:
                    await TakeOverAsync();
                    break;
                default:
                    _errors = [result.Error];
                    break;
            }
        }
        finally
        {
            _saving = false;
        }
    }

    /// <summary>Somebody else saved: what this person did not touch follows, what it typed stays, and it is told both.</summary>
    private async Task TakeOverAsync()
    {
        var settings = await Settings.GetAsync();
        var theirs = ProgramForm.Of(settings);
        var others = new List<string>();
        foreach (var field in ProgramField.Differing(_opened, theirs))
        {
            var isMine = field.Read(_form) != field.Read(_opened);
            others.Add(L[isMine ? "Meanwhile.Both" : "Meanwhile.Theirs", L["Field." + field.Name], Word(field.Read(theirs))]);
            if (!isMine)
            {
                field.Copy(theirs, _form);
            }
        }

        _form.Version = theirs.Version;
        _opened = theirs;
        _logoType = settings.LogoContentType;
        _others = others.Count > 0 ? others : [L["Meanwhile.Logo"]];
        _errors = [];
    }

    /// <summary>What the owner should know before leaving a section out.</summary>
    private string? NoteOf(ClientSection section) => section switch
    {
        ClientSection.MyPartner => L["Shows.MyPartner.Note"].Value,
        ClientSection.Access => L["Shows.Access.Note"].Value,
        ClientSection.Purchases => L["Shows.Purchases.Note"].Value,
        ClientSection.Plans or ClientSection.Apply => L["Shows.Public.Note"].Value,
        _ => null,
    };

    private void Show(ClientSection section, bool on) => _form.HiddenSections = on ? _form.HiddenSections & ~section : _form.HiddenSections | section;

    private async Task LoadLogoAsync(InputFileChangeEventArgs e)
    {
        _errors = [.. _errors.Where(error => error.Field != ProgramField.Logo)];
        if (e.File.Size > LogoFile.MaxBytes)
        {
            _errors = [.. _errors, new LogoWrong(LogoProblem.TooBig)];
            return;
        }

        await using var stream = e.File.OpenReadStream(LogoFile.MaxBytes);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        if (LogoFile.Check(bytes.ToArray(), out _) is { } problem)
        {
            _errors = [.. _errors, new LogoWrong(problem)];
            return;
        }

        _form.NewLogo = bytes.ToArray();
    }

    private void DropLogo()
    {
        _form.RemoveLogo = _form.NewLogo is null;
        _form.NewLogo = null;
    }

    private string? ErrorOf(string field) => _errors.FirstOrDefault(e => e.Field == field) switch
    {
        null => null,
        ProgramFieldWrong wrong => L["Problem." + wrong.Problem, wrong.Least, wrong.Most],
        SenderAddressWrong wrong => Shared.Describe(wrong.Problem),
        LogoWrong wrong => L["Logo." + wrong.Problem, LogoFile.MaxBytes / 1024],
        _ => L["Problem.Other"],
    };

    /// <summary>A stored value as people call it.</summary>
    private string Word(string value) => value switch
    {
        "" => L["Empty"],
        "Yes" => L["Yes"],
        nameof(ClientSection.None) => L["Empty"],
        "No" => L["No"],
        _ when Enum.TryParse<TouchRule>(value, out var rule) && !char.IsDigit(value[0]) => L["TouchRule." + rule],
        _ when Enum.TryParse<SwitchingRule>(value, out var rule) && !char.IsDigit(value[0]) => L["Switching." + rule],
        _ when Enum.TryParse<CreatedClientMail>(value, out var mail) && !char.IsDigit(value[0]) => L["CreatedMail." + mail],
        _ when Enum.TryParse<ClientSection>(value, out var hidden) && !char.IsDigit(value[0]) => string.Join(", ", ClientSections.All.Where(s => hidden.HasFlag(s)).Select(s => L["Shows." + s])),
        _ when Languages.IsSupported(value) => Languages.NameOf(value),
        { Length: 2 } when PhoneCountries.Find(value) is not null => PhoneCountries.NameOf(value, CultureInfo.CurrentUICulture),
        _ => value,
    };
}
