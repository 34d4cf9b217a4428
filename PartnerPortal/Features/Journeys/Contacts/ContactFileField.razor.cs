using Microsoft.AspNetCore.Components.Forms;
using PartnerPortal.Shared;

namespace PartnerPortal.Features.Journeys.Contacts;

public sealed partial class ContactFileField
{
    /// <summary>Reads what was chosen.</summary>
    /// <param name="file">As the browser tells of it.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The file; or that it is larger than <see cref="ContactFile.Largest"/>, or no table of lines.</returns>
    internal static async Task<Result<ContactFile>> ReadAsync(IBrowserFile file, CancellationToken ct)
    {
        if (file.Size > ContactFile.Largest)
        {
            return new ContactsTooLarge(ContactFile.Largest / 1024 / 1024);
        }

        using var bytes = new MemoryStream();
        await using (var upload = file.OpenReadStream(ContactFile.Largest, ct))
        {
            await upload.CopyToAsync(bytes, ct);
        }

        // Not in the circuit's turn: a large one takes a while.
        return await Task.Run(() => ContactFile.OpenAsync(bytes.ToArray(), ct), ct);
    }
}
