namespace PartnerPortal.Documents.Text;

/// <param name="Size">Points.</param>
internal sealed record TextStyle(float Size, bool Bold = false, bool Quiet = false)
{
    /// <summary>Points from line to line. Noto's own is 1.36, and Arabic with its marks needs it.</summary>
    public float LineHeight => MathF.Round(Size * 1.4f, 1);

    /// <summary>Points from the top of a line to where its letters stand.</summary>
    public float Baseline => MathF.Round(Size * 1.06f, 1);
}
