using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using PartnerPortal.Resources;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Claims;

public sealed partial class ClaimFilesInput
{
    private string? _wrong;
    private bool _isReading;

    [Inject] public required IStringLocalizer<ClaimsText> L { get; init; }

    [Inject] public required ReaderTime Time { get; init; }

    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>Filled here; sent with the form.</summary>
    [Parameter, EditorRequired] public required List<NewFile> Files { get; set; }

    /// <summary>What was wrong when the form was sent.</summary>
    [Parameter] public string? Error { get; set; }

    private async Task AddAsync(InputFileChangeEventArgs chosen)
    {
        _wrong = null;
        if (Files.Count + chosen.FileCount > EvidenceFile.Most)
        {
            _wrong = L.Describe(new ClaimFilesTooMany(EvidenceFile.Most), Time);
            return;
        }

        _isReading = true;
        StateHasChanged();
        foreach (var file in chosen.GetMultipleFiles(EvidenceFile.Most))
        {
            var problem = file.Size > EvidenceFile.MaxBytes ? EvidenceProblem.TooBig : await ReadAsync(file);
            if (problem is { } wrong)
            {
                _wrong = L.Describe(new ClaimFileWrong(EvidenceFile.CleanName(file.Name), wrong), Time);
            }
        }

        _isReading = false;
    }

    private async Task<EvidenceProblem?> ReadAsync(IBrowserFile file)
    {
        await using var stream = file.OpenReadStream(EvidenceFile.MaxBytes);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        var read = new NewFile(file.Name, bytes.ToArray());
        var problem = EvidenceFile.Check(read, out _);
        if (problem is null)
        {
            Files.Add(read);
        }

        return problem;
    }
}
