"""The pages: Streamlit and folium."""
