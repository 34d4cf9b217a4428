using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PartnerPortal.Features.Program;

namespace PartnerPortal.Features.Api;

/// <summary>What the API's document says, to be read by people. Static: works without script, and asks nothing of anybody else.</summary>
public sealed partial class ApiReferencePage
{
    private ProgramSettings _program = new();
    private IReadOnlyList<ReferenceGroup> _groups = [];
    private string _intro = "";

    [Inject] public required ApiDocument Document { get; init; }

    [Inject] public required ProgramSettingsSource Settings { get; init; }

    [Inject] public required IStringLocalizer<DeveloperText> L { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _program = await Settings.GetAsync();
        _groups = ApiReference.Of(Document.Root);
        _intro = (string)Document.Root["info"]!["description"]!;
    }
}
